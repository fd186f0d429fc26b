import ArgumentParser

/// The group of commands about campaigns.
struct CampaignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "campaign", abstract: "Bring campaigns in, and look at them.",
    subcommands: [ImportCampaignCommand.self, ListCampaignsCommand.self])
}
