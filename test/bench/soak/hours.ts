/** What was seen of a process that watches, at one moment. */
export interface Sample {
  /** Simulated hours since the start. */
  readonly hour: number
  readonly mainMegabytes: number
  /** Of all its children together. */
  readonly workerMegabytes: number
  /** Open files, sockets and pipes of all of them. */
  readonly handles: number
  /** Seconds from the last byte of a plane to its verdict, for planes judged since the sample before. */
  readonly latencies: readonly number[]
}

/** One simulated hour: medians of its samples. */
export interface SoakHour {
  readonly hour: number
  readonly mainMegabytes: number
  readonly workerMegabytes: number
  readonly handles: number
  readonly latency: { readonly p50: number; readonly p95: number }
}

export function hoursOf(samples: readonly Sample[]): readonly SoakHour[] {
  const hours = Map.groupBy(samples, ({ hour }) => Math.floor(hour))
  return [...hours].map(([hour, own]) => {
    const middle = (read: (sample: Sample) => number) => percentile(own.map(read), 50)
    const latencies = own.flatMap(sample => sample.latencies)
    return {
      hour,
      mainMegabytes: middle(({ mainMegabytes }) => mainMegabytes),
      workerMegabytes: middle(({ workerMegabytes }) => workerMegabytes),
      handles: middle(({ handles }) => handles),
      latency: { p50: percentile(latencies, 50), p95: percentile(latencies, 95) },
    }
  })
}

/** Least-squares slope over the hours that have a value, per day. */
export function slopePerDay(
  hours: readonly SoakHour[],
  read: (hour: SoakHour) => number,
): number | null {
  const points = hours
    .map(one => [one.hour, read(one)] as const)
    .filter(([, y]) => !Number.isNaN(y))
  if (points.length < 2) return null
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  const variance = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  return Math.round((24 * 100 * covariance) / variance) / 100
}

/** NaN of nothing. */
function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? NaN
}
