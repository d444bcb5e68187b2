import { expect, test } from 'vitest'
import { imageInput } from '#core/infer/network-member.ts'
import { showField } from '#core/infer/show-field.ts'
import { bundledPackages } from '#workstation/inference/registry/bundled-models.ts'
import { networkIn } from '../../../support/shipped-networks.ts'

/** Uneven counts as one camera gives them, or another with its own offset and gain. */
function plane(offset: number, gain: number) {
  const size = 96
  const pixels = Uint16Array.from(
    { length: size * size },
    (_, i) => offset + gain * (100 + ((i * 7919) % 500)),
  )
  return { width: size, height: size, pixels, fullScale: 65535 }
}

test.each(bundledPackages().map(({ model, path }) => [model, path]))(
  '%s is shown grey levels alike, whatever the camera',
  async (_, path) => {
    const { description } = await networkIn(path)
    const asIs = { illumination: 'as-is', intensity: { scope: 'field' } } as const
    const shown = (offset: number, gain: number) =>
      showField([plane(offset, gain)], imageInput(description), asIs).data
    const one = shown(0, 1)
    const other = shown(900, 40)
    expect(Math.max(...one)).toBeGreaterThan(Math.min(...one) + 0.5)
    one.forEach((value, i) => expect(other[i]).toBeCloseTo(value, 4))
  },
)
