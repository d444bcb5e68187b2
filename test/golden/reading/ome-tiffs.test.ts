import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diskAccess } from '#workstation/intake/disk.ts'
import { fieldName } from '#workstation/intake/group-fields.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { surveyFolder } from '#workstation/intake/survey-folder.ts'
import { openImage } from '#workstation/reading/open-image.ts'
import { pixelHash } from '../../support/pixel-hash.ts'
import { valueOf } from '../../support/value-of.ts'

// Made by make_ome_tiffs.py; read by tifffile. Bit for bit: reading has no tolerance.

interface GoldenPlane {
  readonly file: string
  /** All count from 0. */
  readonly series: number
  readonly c: number
  readonly z: number
  readonly t: number
  readonly sha256: string
}

const folder = import.meta.dirname
const planes = JSON.parse(readFileSync(join(folder, 'ome-tiffs.json'), 'utf8')) as readonly GoldenPlane[]

test('each plane of each series is the page that tifffile reads', async () => {
  const survey = await surveyFolder(join(folder, 'ome-tiff'))
  const { acquisitions, unmatched } = valueOf(
    await identifyAcquisitions(survey, 'auto', diskAccess()),
  )
  expect(unmatched).toEqual([])
  const found = await Promise.all(
    acquisitions[0]!.planes.map(async plane => {
      const image = valueOf(await openImage(plane.absolute))
      const { pixels } = valueOf(await image.readPage(plane.page))
      const field = fieldName({ ...plane, t: 1 })
      return `${field} ${plane.wave} ${plane.z} ${plane.t} ${pixelHash(pixels)}`
    }),
  )
  const golden = planes.map(({ file, series, c, z, t, sha256 }) => {
    const field = series === 0 ? file : `${file}_s${series + 1}`
    return `${field} ${c + 1} ${z + 1} ${t + 1} ${sha256}`
  })
  expect(golden).toHaveLength(14)
  expect(found.sort()).toEqual(golden.sort())
})
