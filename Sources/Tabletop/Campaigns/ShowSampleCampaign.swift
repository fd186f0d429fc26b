package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// The campaign that comes with the program, as a document that ``ImportCampaign`` takes.
package struct ShowSampleCampaign: ReadDefinition {
  package static let name = "show_sample_campaign"
  package static let version = 1
  package static let permission = Permission("campaign.read", from: .viewer)
  package static let about = OperationAbout(
    "Show the sample campaign",
    "The campaign that comes with the program, in the form of a campaign file: import it to play.",
    example: Input())

  package struct Input: Codable, Sendable, SchemaDescribed {
    package init() {}
    package static var schemaDescription: SchemaDescription { SchemaDescription("Takes nothing.") }
  }

  package struct Output: Codable, Sendable {
    package let campaign: Campaign
  }

  package init() {}

  package func answer(_ input: Input, as principal: Principal, in transaction: any ReadTransaction) throws -> Output {
    Output(campaign: try SampleCampaign.document.decode(Campaign.self))
  }
}
