import { globSync } from 'node:fs'
import { expect, test } from 'vitest'
import { measureQuality } from '#core/quality/metrics.ts'
import { judgePlane, type PlaneVerdict } from '#core/quality/verdict.ts'
import { describeReal, realPath } from '../support/real-data.ts'
import { realPlane } from '../support/real-plane.ts'

async function judge(path: string): Promise<PlaneVerdict> {
  const metrics = measureQuality.run(await realPlane(path), measureQuality.defaults)
  return judgePlane.run({ metrics, channel: '', role: 'nucleus' }, judgePlane.defaults)
}

async function judgeAll(pattern: string): Promise<readonly PlaneVerdict[]> {
  const verdicts: PlaneVerdict[] = []
  for (const path of globSync(pattern, { cwd: realPath() }).sort()) verdicts.push(await judge(path))
  return verdicts
}

function sharpnessAlong(paths: readonly string[]): Promise<readonly (number | null)[]> {
  return Promise.all(
    paths.map(async path => {
      const plane = await realPlane(path)
      return measureQuality.run(plane, measureQuality.defaults).edge_sharpness
    }),
  )
}

describeReal('verdicts on real planes', () => {
  test('planes far from focus fail for that', async () => {
    const verdicts = await judgeAll('focus/bbbc006_z00_out_of_focus/*')
    expect(verdicts).toHaveLength(12)
    expect(verdicts.filter(({ reasons }) => !reasons.includes('out-of-focus'))).toEqual([])
  })

  test('planes near focus pass', async () => {
    const verdicts = await judgeAll('focus/bbbc006_z10_near_focus/*')
    expect(verdicts).toHaveLength(5)
    expect(verdicts.filter(({ verdict }) => verdict !== 'pass')).toEqual([])
  })

  test('of more than five hundred published planes of nuclei nineteen in twenty pass, and none is called blurred', async () => {
    const verdicts = await judgeAll('nuclei/fluo_*/images/*.png')
    expect(verdicts.length).toBeGreaterThan(500)
    const passes = verdicts.filter(({ verdict }) => verdict === 'pass').length
    expect(passes / verdicts.length).toBeGreaterThan(0.95)
    expect(verdicts.filter(({ reasons }) => reasons.includes('out-of-focus'))).toEqual([])
  })

  test('sharpness peaks at the fifth of ten steps through beads', async () => {
    const steps = Array.from({ length: 10 }, (_, i) => {
      const pattern = `plates/imagexpress_zstack/Projection-Mix/*/*/ZStep_${i + 1}/*_s1_w1????????-*.tif`
      return globSync(pattern, { cwd: realPath() })[0]!
    })
    const curve = await sharpnessAlong(steps)
    const best = curve.indexOf(Math.max(...curve.map(sharpness => sharpness ?? 0)))
    expect(best + 1).toBe(5)
    for (let i = 1; i <= best; i += 1) expect(curve[i]).toBeGreaterThan(curve[i - 1]!)
    for (let i = best + 1; i < 10; i += 1) expect(curve[i]).toBeLessThan(curve[i - 1]!)
  })

  test('a camera of twelve bits that clips in a file of sixteen is seen to saturate', async () => {
    const verdict = await judge('defects/xy_12bit__saturated_plant.tif')
    expect(verdict).toEqual({ verdict: 'fail', reasons: ['saturated'] })
  })

  test('clipped highlights fail, the same nuclei unclipped do not', async () => {
    const clipped = await judge('defects/xy_8bit__nuclei_intensity_clipping_issue_a.tif')
    const whole = await judge('defects/xy_16bit__nuclei_high_dynamic_range.tif')
    expect(clipped).toEqual({ verdict: 'fail', reasons: ['saturated'] })
    expect(whole.verdict).toBe('pass')
  })

  test('a plane of zeros is blank, neither good nor bad', async () => {
    const [path] = globSync('plates/yokogawa_cv8000/**/*Z01C01.tif', { cwd: realPath() })
    expect(await judge(path!)).toEqual({ verdict: 'cannot-judge', reasons: ['blank'] })
  })
})
