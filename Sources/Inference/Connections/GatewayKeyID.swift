package import Vocabulary

extension Named {
  package enum GatewayKey {}
  package enum ModelCall {}
}

/// Names a key that a program outside asks models with.
package typealias GatewayKeyID = Identifier<Named.GatewayKey>

/// Names one attempt at asking a provider: what is booked.
package typealias ModelCallID = Identifier<Named.ModelCall>
