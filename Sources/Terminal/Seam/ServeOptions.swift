package import Storage

/// What was said on the command line of `arbiter serve`. Nil was not said: the environment, the configuration file and the
/// standard value decide then, in this order.
package struct ServeOptions: Sendable, Hashable {
  package let folder: DataFolder
  package let host: String?
  /// 0 is any free port.
  package let port: Int?
  /// The configuration file; nil is `arbiter.yaml` in the folder, if there is one. Absolute.
  package let configuration: String?
  /// A folder to serve the page's files from, instead of those in the program. Absolute.
  package let assets: String?

  package init(folder: DataFolder, host: String?, port: Int?, configuration: String?, assets: String?) {
    self.folder = folder
    self.host = host
    self.port = port
    self.configuration = configuration
    self.assets = assets
  }
}
