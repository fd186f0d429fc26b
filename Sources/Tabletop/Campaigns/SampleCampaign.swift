import CTabletopData
package import StrictJSON

/// The campaign that comes with the program.
package enum SampleCampaign {
  /// Its document, as an author would write it.
  package static var bytes: [UInt8] {
    let file = tabletop_sample_campaign()
    return Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
  }

  /// The input of ``ImportCampaign`` that brings it in.
  package static var document: JSON {
    get throws { try JSON(parsing: bytes) }
  }
}
