import Operations
import Storage

/// The tables of campaigns. What play changes has columns; what stands on a sheet for good is in the content.
enum CampaignTables {
  static let migrations = [
    Migration(
      module: "tabletop", number: 1, name: "create campaigns",
      statements: [
        """
        CREATE TABLE campaigns (
          workspace BLOB NOT NULL,
          id TEXT NOT NULL,
          game_time BIGINT NOT NULL,
          content BLOB NOT NULL,
          PRIMARY KEY (workspace, id)
        )
        """,
        """
        CREATE TABLE campaign_creatures (
          workspace BLOB NOT NULL,
          campaign TEXT NOT NULL,
          id TEXT NOT NULL,
          place BIGINT NOT NULL,
          hit_points BIGINT NOT NULL CHECK (hit_points >= 0),
          temporary_hit_points BIGINT NOT NULL CHECK (temporary_hit_points >= 0),
          content BLOB NOT NULL,
          PRIMARY KEY (workspace, campaign, id)
        )
        """,
        """
        CREATE TABLE campaign_resources (
          workspace BLOB NOT NULL,
          campaign TEXT NOT NULL,
          creature TEXT NOT NULL,
          id TEXT NOT NULL,
          balance BIGINT NOT NULL CHECK (balance >= 0),
          PRIMARY KEY (workspace, campaign, creature, id)
        )
        """,
        """
        CREATE TABLE campaign_conditions (
          workspace BLOB NOT NULL,
          campaign TEXT NOT NULL,
          creature TEXT NOT NULL,
          name TEXT NOT NULL,
          ends_at BIGINT,
          content BLOB NOT NULL,
          PRIMARY KEY (workspace, campaign, creature, name)
        )
        """,
      ])
  ]

  static let stateTables = [
    StateTable("campaigns", key: ["id"]),
    StateTable("campaign_creatures", key: ["campaign", "id"]),
    StateTable("campaign_resources", key: ["campaign", "creature", "id"]),
    StateTable("campaign_conditions", key: ["campaign", "creature", "name"]),
  ]
}
