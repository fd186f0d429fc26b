import Inference

extension PrometheusMetrics {
  /// Shows how looks into the cache of models' answers went.
  func show(_ tally: CacheTally) {
    show("arbiter_cache_hits_total") { tally.counts.hits }
    show("arbiter_cache_misses_total") { tally.counts.misses }
    show("arbiter_cache_damaged_total") { tally.counts.damaged }
    show("arbiter_cache_failures_total") { tally.counts.failures }
  }
}
