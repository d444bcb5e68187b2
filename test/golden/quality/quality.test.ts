import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Plane } from '#core/image/plane.ts'
import { measureQuality, type MetricName } from '#core/quality/metrics.ts'
import { goldenTiff } from '../../support/golden-tiff.ts'

// Remade by make_quality.py.
const expected = JSON.parse(
  readFileSync(new URL('quality.json', import.meta.url), 'utf8'),
) as Record<string, Record<string, number>>

async function goldenPlane(name: string): Promise<Plane> {
  const { width, height, pixels } = await goldenTiff(`quality/${name}.tif`)
  if (pixels instanceof Uint8Array) return { width, height, pixels, fullScale: 255 }
  if (pixels instanceof Uint16Array) return { width, height, pixels, fullScale: 65535 }
  if (pixels instanceof Float32Array) return { width, height, pixels, fullScale: 1 }
  throw new Error(`unexpected pixels in ${name}`)
}

describe.each(Object.keys(expected))('the quality measures of %s', name => {
  const measures = Object.entries(expected[name]!)

  // Sums in another order leave 1e-13; float32 logarithms of two libraries differ in the last of seven digits.
  test.each(measures)('%s is what its definition gives', async (metric, value) => {
    const metrics = measureQuality.run(await goldenPlane(name), measureQuality.defaults)
    const tolerance = metric === 'ThresholdOtsu' ? 1e-6 : 1e-9
    expect(Math.abs(metrics[metric as MetricName]! - value)).toBeLessThanOrEqual(
      tolerance * Math.max(Math.abs(value), 1e-6),
    )
  })
})
