import { METRIC_NAMES, type QualityMetrics } from '#core/quality/metrics.ts'

/** Metrics of which only some were measured. */
export function metricsOf(measured: Partial<QualityMetrics>): QualityMetrics {
  return Object.fromEntries(
    METRIC_NAMES.map(name => [name, measured[name] ?? null]),
  ) as QualityMetrics
}
