package import Storage

/// What a feature brings: its operations, the tables that make its state, and the routes that reach it. Data, so that the
/// web and the terminal know of features only what stands here.
package struct OperationSet: Sendable {
  package let changes: [any OperationDefinition]
  package let reads: [any ReadDefinition]
  package let stateTables: [StateTable]
  package let routes: [RouteDescription]
  package let migrations: [Migration]

  package init(
    changes: [any OperationDefinition], reads: [any ReadDefinition], stateTables: [StateTable],
    routes: [RouteDescription], migrations: [Migration]
  ) {
    self.changes = changes
    self.reads = reads
    self.stateTables = stateTables
    self.routes = routes
    self.migrations = migrations
  }
}

/// A table that is journalled: every row of it comes from a change, so that a rebuild gives it again.
package struct StateTable: Sendable, Hashable {
  package let name: SchemaName
  /// The primary key without `workspace`, which comes first in every one.
  package let key: [SchemaName]

  package init(_ name: SchemaName, key: [SchemaName]) {
    self.name = name
    self.key = key
  }
}

/// A noun of the HTTP interface and the operation behind it.
package struct RouteDescription: Sendable, Hashable {
  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case patch = "PATCH"
    case put = "PUT"
    case delete = "DELETE"
  }

  package let method: Method
  /// Below `/api/v1`, with parameters in braces: `/rolls/{id}`.
  package let path: String
  package let operation: String
  /// Where the input's fields come from, besides the body and parameters of the same name.
  package let takes: [Source]
  /// The status of success.
  package let status: Int
  /// The field of the output that is the entity tag, for what two people can edit.
  package let entityTag: String?
  /// Whether the answer is `{ "output": …, "journal": … }` or, for reads, the output alone. The field of the answer that
  /// the output is put in; nil puts its fields beside `journal`.
  package let wraps: String?

  package enum Source: Sendable, Hashable {
    /// A query parameter of a GET, a number when the schema wants one.
    case query(String)
    /// The `If-Match` header's entity tag, as this field. Its absence is 428.
    case ifMatch(String)
  }

  package init(
    _ method: Method, _ path: String, _ operation: String, takes: [Source] = [], status: Int = 200,
    entityTag: String? = nil, wraps: String? = nil
  ) {
    self.method = method
    self.path = path
    self.operation = operation
    self.takes = takes
    self.status = status
    self.entityTag = entityTag
    self.wraps = wraps
  }
}
