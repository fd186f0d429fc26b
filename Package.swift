// swift-tools-version:6.2
import PackageDescription

// The house: every import goes to a lower floor. `Tests/HouseTests` reads this file and the sources, and fails by name
// on an arrow that points up or sideways. `docs/architecture.md` draws it.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

extension Target.Dependency {
  static let grdb = product(name: "GRDB", package: "GRDB.swift")
  static let sqlite = product(name: "GRDBSQLite", package: "GRDB.swift")
  static let crypto = product(name: "Crypto", package: "swift-crypto")
  static let logging = product(name: "Logging", package: "swift-log")
  static let metrics = product(name: "Metrics", package: "swift-metrics")
  static let mustache = product(name: "Mustache", package: "swift-mustache")
  static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
  static let hummingbirdCore = product(name: "HummingbirdCore", package: "hummingbird")
  static let hummingbirdTesting = product(name: "HummingbirdTesting", package: "hummingbird")
  static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
  static let nioCore = product(name: "NIOCore", package: "swift-nio")
  static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
  static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
  static let nioSSL = product(name: "NIOSSL", package: "swift-nio-ssl")
  static let nioEmbedded = product(name: "NIOEmbedded", package: "swift-nio")
  static let nioHTTP2 = product(name: "NIOHTTP2", package: "swift-nio-http2")
  static let nioHTTPTypes = product(name: "NIOHTTPTypes", package: "swift-nio-extras")
  static let nioHTTPTypesHTTP1 = product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
  static let httpClient = product(name: "AsyncHTTPClient", package: "async-http-client")
  static let lifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
  static let signals = product(name: "UnixSignals", package: "swift-service-lifecycle")
  static let arguments = product(name: "ArgumentParser", package: "swift-argument-parser")
  static let configuration = product(name: "Configuration", package: "swift-configuration")
  static let system = product(name: "SystemPackage", package: "swift-system")
  static let yams = product(name: "Yams", package: "Yams")
}

let package = Package(
  name: "arbiter",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "arbiter", targets: ["arbiter"]),
    .library(name: "Dice", targets: ["Dice"]),
    .library(name: "Expressions", targets: ["Expressions"]),
  ],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0", traits: ["YAML"]),
    .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-http2.git", from: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system.git", from: "1.8.1"),
    .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
  ],
  targets: [
    // Floor 0: pure; no I/O, no clock, no randomness of their own.
    .target(name: "Vocabulary", swiftSettings: house),
    .target(name: "StrictJSON", swiftSettings: house),
    // libm, which rounding and square roots need on Linux; Foundation would bring it, and everything else.
    .target(
      name: "Expressions", swiftSettings: house, linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    // Floor 1
    .target(name: "Storage", dependencies: ["Vocabulary", "StrictJSON"], swiftSettings: house),
    .target(name: "Dice", dependencies: ["Expressions"], swiftSettings: house),
    // Floor 2
    .target(name: "Events", dependencies: ["Vocabulary", "StrictJSON", "Storage"], swiftSettings: house),
    .target(name: "Vault", dependencies: ["Vocabulary", "StrictJSON", "Storage", .crypto], swiftSettings: house),
    .target(name: "Identity", dependencies: ["Vocabulary", "Storage", .crypto], swiftSettings: house),
    // Floor 3
    .target(name: "Jobs", dependencies: ["Vocabulary", "StrictJSON", "Storage", .logging], swiftSettings: house),
    // Floor 4
    .target(
      name: "Operations", dependencies: ["Vocabulary", "StrictJSON", "Storage", "Dice", "Events", .crypto],
      swiftSettings: house),
    .target(
      name: "Inference", dependencies: ["Vocabulary", "StrictJSON", "Storage", "Events", .crypto],
      swiftSettings: house),
    // Floor 5
    .target(name: "CProposalPrompts", exclude: ["prompts"]),
    .target(
      name: "Proposals",
      dependencies: [
        "CProposalPrompts", "Vocabulary", "StrictJSON", "Storage", "Events", "Jobs", "Operations", "Inference", .crypto,
        .mustache,
      ],
      swiftSettings: house),
    // Floor 6
    .target(
      name: "Workbench",
      dependencies: [
        "Vocabulary", "StrictJSON", "Expressions", "Storage", "Dice", "Events", "Identity", "Operations", "Inference",
      ],
      swiftSettings: house),
    .target(name: "CTabletopData", exclude: ["data"]),
    .target(
      name: "Tabletop",
      dependencies: [
        "CTabletopData", "Vocabulary", "StrictJSON", "Expressions", "Storage", "Dice", "Events", "Inference",
        "Operations", "Proposals",
      ],
      swiftSettings: house),
    .target(
      name: "Gateway",
      dependencies: [
        "Vocabulary", "StrictJSON", "Storage", "Events", "Jobs", "Identity", "Operations", "Inference", .crypto,
      ],
      swiftSettings: house),
    // Floor 7: leaves
    .target(name: "CWebAssets", exclude: ["web"]),
    .target(
      name: "Web",
      dependencies: [
        "CWebAssets", "Vocabulary", "StrictJSON", "Storage", "Events", "Identity", "Operations", "Inference",
        "Proposals",
        .hummingbird,
        .hummingbirdCore, .httpTypes, .nioCore, .nioPosix, .nioHTTP1, .nioHTTPTypes, .nioHTTPTypesHTTP1, .logging,
        .metrics, .lifecycle, .crypto,
      ],
      swiftSettings: house),
    .target(
      name: "Terminal",
      dependencies: [
        "Vocabulary", "StrictJSON", "Expressions", "Dice", "Storage", "Operations", "Inference", "Proposals",
        .arguments, .httpClient, .nioCore,
        .nioHTTP1,
      ],
      swiftSettings: house),
    .target(
      name: "StorageSQLite", dependencies: ["Vocabulary", "Storage", .grdb, .sqlite, .crypto, .logging],
      swiftSettings: house),
    .target(name: "StoragePostgres", dependencies: ["Vocabulary", "Storage", .logging], swiftSettings: house),
    .target(
      name: "InferenceProviders",
      dependencies: ["Vocabulary", "StrictJSON", "Inference", .httpClient, .nioCore, .nioPosix, .nioHTTP1, .nioSSL],
      swiftSettings: house),
    // Floor 8
    .target(
      name: "Server",
      dependencies: [
        "Vocabulary", "StrictJSON", "Storage", "Events", "Vault", "Identity", "Jobs", "Inference", "Operations",
        "Proposals", "Tabletop", "Workbench", "Gateway", "Web", "Terminal", "StorageSQLite", "InferenceProviders",
        .configuration, .yams, .system, .lifecycle, .signals, .crypto, .logging, .metrics,
      ],
      swiftSettings: house),
    // Floor 9
    .executableTarget(name: "arbiter", dependencies: ["Server", "Terminal", "Storage"], swiftSettings: house),

    // Measures and hunts; not part of the program.
    .executableTarget(
      name: "bench",
      dependencies: [
        "Server", "Terminal", "Storage", "StorageSQLite", "StrictJSON", "Vocabulary", "Operations", "Proposals",
        "Inference", "Dice", "Expressions", "CFaultyDisk", "CAllocations",
        .grdb,
        .sqlite,
        .httpClient, .nioCore, .nioPosix, .nioHTTP1, .logging,
      ],
      path: "Benchmarks", exclude: ["CAllocations", "Peers"], swiftSettings: house),
    // A malloc that counts in front of the system's: for the benches alone.
    .target(name: "CAllocations", path: "Benchmarks/CAllocations"),

    // What tests and benches share
    .target(name: "CFaultyDisk", path: "Tests/Support/CFaultyDisk", linkerSettings: [.linkedLibrary("sqlite3")]),
    .target(
      name: "StorageConformance", dependencies: ["Storage", "Vocabulary", "StrictJSON"],
      path: "Tests/Support/StorageConformance", swiftSettings: house),
    .target(
      name: "InferenceConformance", dependencies: ["Inference"], path: "Tests/Support/InferenceConformance",
      swiftSettings: house),
    .target(
      name: "ModelServer", dependencies: [.nioCore, .nioPosix, .nioHTTP1, .nioHTTP2, .nioSSL],
      path: "Tests/Support/ModelServer", swiftSettings: house),

    .target(
      name: "TestKit",
      dependencies: [
        "Vocabulary", "StrictJSON", "Storage", "Events", "Vault", "Identity", "Jobs", "Inference", "Operations",
        "Proposals", "Workbench", "StorageSQLite", .logging,
      ],
      path: "Tests/Support/TestKit", swiftSettings: house),

    .testTarget(name: "HouseTests", swiftSettings: house),
    .testTarget(name: "VocabularyTests", dependencies: ["Vocabulary", "TestKit"], swiftSettings: house),
    .testTarget(name: "StrictJSONTests", dependencies: ["StrictJSON"], swiftSettings: house),
    .testTarget(
      name: "ExpressionsTests", dependencies: ["Expressions"], exclude: ["Fixtures"], swiftSettings: house),
    .testTarget(
      name: "DiceTests", dependencies: ["Dice", "Expressions"], exclude: ["Fixtures"], swiftSettings: house),
    .testTarget(
      name: "StorageSQLiteTests",
      dependencies: [
        "StorageSQLite", "Storage", "Vocabulary", "StorageConformance", "CFaultyDisk", .grdb, .sqlite, .logging,
      ],
      swiftSettings: house),
    .testTarget(
      name: "TerminalTests",
      dependencies: [
        "Terminal", "Vocabulary", "StrictJSON", "Storage", "Operations", "Inference", "Proposals", .arguments, .nioCore,
        .nioPosix, .nioHTTP1,
      ],
      swiftSettings: house),
    .testTarget(
      name: "StorageTests", dependencies: ["Storage", "StorageConformance", "StrictJSON", "Vocabulary"],
      swiftSettings: house),
    .testTarget(
      name: "StoragePostgresTests",
      dependencies: [
        "StoragePostgres", "Storage", "Vocabulary", "StorageConformance", "Gateway", "Inference", "StrictJSON", "Vault",
        .logging,
      ], swiftSettings: house),
    .testTarget(
      name: "EventsTests", dependencies: ["Events", "Storage", "StrictJSON", "Vocabulary", "TestKit"],
      swiftSettings: house),
    .testTarget(
      name: "JobsTests", dependencies: ["Jobs", "Operations", "Storage", "StrictJSON", "Vocabulary", "TestKit"],
      swiftSettings: house),
    .testTarget(
      name: "ProposalsTests",
      dependencies: [
        "Proposals", "Inference", "Jobs", "Events", "Operations", "Storage", "StrictJSON", "Vocabulary", "TestKit",
      ],
      swiftSettings: house),
    .testTarget(
      name: "VaultTests", dependencies: ["Vault", "Storage", "StrictJSON", "Vocabulary", "TestKit"],
      swiftSettings: house),
    .testTarget(
      name: "IdentityTests", dependencies: ["Identity", "Storage", "Vocabulary", "TestKit"], swiftSettings: house),
    .testTarget(
      name: "OperationsTests",
      dependencies: ["Operations", "Workbench", "Dice", "Storage", "StrictJSON", "Vocabulary", "TestKit"],
      swiftSettings: house),
    .testTarget(
      name: "WorkbenchTests",
      dependencies: [
        "Workbench", "Operations", "Inference", "Vault", "Storage", "StrictJSON", "Vocabulary", "TestKit",
      ],
      swiftSettings: house),
    .testTarget(
      name: "InferenceTests",
      dependencies: [
        "Events", "Inference", "InferenceConformance", "InferenceProviders", "ModelServer", "Storage", "StorageSQLite",
        "StrictJSON", "Vault", "Vocabulary", "TestKit", .httpClient,
      ],
      swiftSettings: house),
    .testTarget(
      name: "InferenceProvidersTests",
      dependencies: [
        "InferenceProviders", "Inference", "InferenceConformance", "Gateway", "ModelServer", "StrictJSON", "Vocabulary",
        "TestKit",
        .httpClient, .nioCore, .nioEmbedded, .nioSSL,
      ],
      swiftSettings: house),
    .testTarget(
      name: "GatewayTests",
      dependencies: [
        "Gateway", "Events", "Inference", "Operations", "Storage", "StorageSQLite", "StrictJSON", "Vault", "Vocabulary",
        "TestKit",
      ],
      swiftSettings: house),
    .testTarget(
      name: "TabletopTests",
      dependencies: [
        "Tabletop", "Operations", "Proposals", "Inference", "Events", "Dice", "Storage", "StorageSQLite", "StrictJSON",
        "Vault", "Vocabulary", "TestKit", .logging,
      ],
      exclude: ["Spells"], swiftSettings: house),
    .testTarget(
      name: "SimulationTests",
      dependencies: [
        "StorageSQLite", "Storage", "Operations", "Proposals", "Tabletop", "Events", "Vault", "StrictJSON",
        "Vocabulary",
        "TestKit", "CFaultyDisk", .grdb, .logging,
      ],
      swiftSettings: house),
    .testTarget(
      name: "WebTests",
      dependencies: [
        "Web", "Operations", "Inference", "InferenceProviders", "ModelServer", "Proposals", "Workbench", "Gateway",
        "Events",
        "Identity", "Storage", "StrictJSON", "Vocabulary", "TestKit", "Tabletop", "StorageSQLite", "Vault",
        .hummingbird, .hummingbirdCore, .hummingbirdTesting, .httpTypes, .nioCore, .nioPosix, .nioHTTP1,
        .nioEmbedded, .logging,
        .metrics, .lifecycle,
      ],
      swiftSettings: house),
    .testTarget(
      name: "BrowserTests",
      dependencies: [
        "Storage", "StrictJSON", "Vocabulary", "ModelServer", .httpClient, .nioCore, .nioHTTP1,
      ],
      swiftSettings: house),
    .testTarget(
      name: "ServerTests",
      dependencies: [
        "Server", "Web", "StorageSQLite", "Storage", "Vocabulary", "StrictJSON", "Operations", "Inference",
        "ModelServer", "Workbench", "TestKit", "Events", "Identity", "Vault", "Dice", "Proposals", .hummingbird,
        .hummingbirdTesting, .httpTypes, .nioCore, .nioPosix, .nioHTTP1, .httpClient, .logging,
      ],
      swiftSettings: house),
  ]
)

// Fuzzing needs unsafe flags, with which Dice and Expressions could be nobody's dependency: only `bin/check --fuzz` asks
// for it. What is fuzzed is compiled with coverage, so that libFuzzer sees which way an input went.
if Context.environment["ARBITER_FUZZ"] == "1" {
  let programs: [String: [Target.Dependency]] = [
    "FuzzJSON": ["StrictJSON"],
    "FuzzDice": ["Dice", "Expressions", "StrictJSON"],
    "FuzzFormulaEvaluator": ["Expressions"],
    "FuzzFormulaParser": ["Expressions"],
    "FuzzSQL": ["Storage"],
    "FuzzNames": ["Vocabulary", "StrictJSON", "Storage", "Events", "Identity", "Operations"],
    "FuzzEdge": ["Web", "Operations", "Identity", "Vocabulary", .httpTypes],
  ]
  let fuzzed: Set = [
    "Vocabulary", "StrictJSON", "Expressions", "Dice", "Storage", "Events", "Identity", "Operations", "Web",
  ]
  let coverage: [SwiftSetting] = [.unsafeFlags(["-sanitize=fuzzer", "-parse-as-library"])]
  for target in package.targets where fuzzed.contains(target.name) {
    target.swiftSettings = (target.swiftSettings ?? []) + coverage
  }
  package.targets.append(.target(name: "Fuzzing", path: "Tests/Fuzzing/Support", swiftSettings: house))
  for (name, dependencies) in programs.sorted(by: { $0.key < $1.key }) {
    package.targets.append(
      .executableTarget(
        name: name, dependencies: ["Fuzzing"] + dependencies, path: "Tests/Fuzzing/\(name)", exclude: ["corpus"],
        swiftSettings: house + coverage, linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]))
  }
}
