import CWebAssets
import Foundation
import NIOCore
import Testing

@testable import Web

@Suite("Pages and their files", .timeLimit(.minutes(5)))
struct PageTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Sources/CWebAssets/web").standardizedFileURL

  /// Every file of the folder, hidden ones left out.
  private static let files: [String: Data] = {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    var files: [String: Data] = [:]
    for path in paths where !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
      guard path != "package.json", let data = try? Data(contentsOf: folder.appending(path: path)) else { continue }
      files[path] = data
    }
    return files
  }()

  @Test func `every file is in the binary once, as it is in the folder`() {
    let listed = (0..<web_assets_count()).map { String(cString: web_assets_at($0).path) }
    #expect(Set(listed).count == listed.count)
    #expect(Set(listed) == Set(Self.files.keys), "run bin/lib/embed-assets.sh")
    for (path, data) in Self.files {
      #expect(AssetSource.embedded[path].map { Data($0.bytes.readableBytesView) } == data, "\(path)")
    }
  }

  @Test func `beyond the last file there is none`() {
    #expect(web_assets_at(web_assets_count()).path == nil)
    #expect(web_assets_at(.max).bytes == nil)
  }

  @Test func `who is signed out is sent to sign in, who is signed in to the dice where no campaigns are`() async throws
  {
    try await EdgeUnderTest.run { edge in
      for page in ["/", "/start", "/play", "/propose", "/dice", "/journal", "/calls", "/settings", "/about"] {
        let answer = try await edge.send("GET", page)
        #expect(answer.status == 303, "\(page)")
        #expect(answer["location"] == "/sign-in", "\(page)")
      }
      let cookie = try await edge.signIn()
      #expect(try await edge.browser("GET", "/", cookie: cookie)["location"] == "/dice")
      for page in ["/sign-in", "/start", "/play", "/propose", "/dice", "/journal", "/calls", "/settings", "/about"] {
        let answer = try await edge.browser("GET", page, cookie: cookie)
        #expect(answer.status == 200, "\(page)")
        #expect(answer["content-type"] == "text/html; charset=utf-8")
      }
    }
  }

  @Test func `a file that the browser has is not sent again`() async throws {
    try await EdgeUnderTest.run { edge in
      for path in Self.files.keys.filter({ !$0.hasSuffix(".html") }).sorted().prefix(4) {
        let first = try await edge.send("GET", "/assets/\(path)")
        #expect(first.status == 200)
        #expect(first["cache-control"] == "no-cache")
        #expect(Data(first.body) == Self.files[path])
        let tag = try #require(first["etag"])
        for held in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
          let again = try await edge.send("GET", "/assets/\(path)", headers: ["If-None-Match": held])
          #expect(again.status == 304, "\(held)")
          #expect(again["etag"] == tag)
          #expect(again.body.isEmpty)
        }
        #expect(try await edge.send("GET", "/assets/\(path)", headers: ["If-None-Match": "\"x\""]).status == 200)
        let head = try await edge.send("HEAD", "/assets/\(path)")
        #expect(head["content-length"] == "\(first.body.count)")
      }
    }
  }

  @Test(arguments: [
    "/assets/", "/assets/nothing.js", "/assets/../Package.swift", "/assets/%2e%2e/CWebAssets.h",
    "/assets/..%2fassets.c",
    "/assets/css%2f..%2f..%2fassets.c", "/assets//etc/passwd", "/assets/.hidden", "/assets/pages/dice.html",
    "/assets/css%5c..%5cx",
  ])
  func `what is not a file of the page is not served`(path: String) async throws {
    for folder in [nil, Self.folder.path] {
      try await EdgeUnderTest.run {
        $0.assetFolder = folder
      } _: { edge in
        let answer = try await edge.send("GET", path)
        #expect(answer.status == 404)
      }
    }
  }

  @Test func `during development files come from the folder`() async throws {
    try await EdgeUnderTest.run {
      $0.assetFolder = Self.folder.path
    } _: { edge in
      let path = try #require(Self.files.keys.first { $0.hasSuffix(".css") })
      let answer = try await edge.send("GET", "/assets/\(path)")
      #expect(Data(answer.body) == Self.files[path])
      #expect(answer["content-type"] == "text/css; charset=utf-8")
    }
  }

  @Test func `a browser that meets a problem gets a page with no markup of others`() async throws {
    try await EdgeUnderTest.run { edge in
      let answer = try await edge.send("GET", "/%3Cscript%3E", headers: ["Accept": "text/html,*/*"])
      #expect(answer.status == 404)
      #expect(answer["content-type"] == "text/html; charset=utf-8")
      #expect(!answer.text.contains("<script"))
      let host = try await edge.send("GET", "/dice", headers: ["Accept": "text/html", "Host": "<img src=x>"])
      #expect(host.status == 421)
      #expect(host.text.contains("&lt;img src=x&gt;"))
    }
  }

  @Test func `no page holds script or style of its own`() {
    for (path, data) in Self.files where path.hasSuffix(".html") {
      let text = String(decoding: data, as: UTF8.self)
      #expect(!text.contains(/<script(?![^>]*\bsrc=)/), "\(path)")
      #expect(!text.contains(/<style|\sstyle=|\son[a-z]+=|javascript:/), "\(path)")
      // A link that somebody may follow loads nothing.
      #expect(!text.contains(/<(?!a )[a-z]+ [^>]*(src|href)="(https?:)?\/\//), "\(path)")
    }
  }
}
