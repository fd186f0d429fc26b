/// What one operation drew, and from where: enough to check it once the seed is revealed.
package struct DrawRecord: Codable, Sendable, Hashable {
  /// The seed's number in the workspace.
  package var seed: Int64
  /// How many contributions of entropy the key held: 0 … n.
  package var entropy: Int64
  /// 0 is the live stream; rehearsals and branches draw from others.
  package var stream: UInt32
  /// The roll's number in the stream, from 0.
  package var roll: UInt64
  /// Each draw in order: sides, then the face that came up.
  package var faces: [[UInt32]]

  package init(seed: Int64, entropy: Int64, stream: UInt32, roll: UInt64, faces: [[UInt32]] = []) {
    self.seed = seed
    self.entropy = entropy
    self.stream = stream
    self.roll = roll
    self.faces = faces
  }
}
