import { z } from 'zod'

/** What the planes' places were read from: an index, names of files, a table, or nothing. */
export const NamedBy = z.enum(['index', 'name', 'map', 'loose'])
export type NamedBy = z.infer<typeof NamedBy>

/** How a plane was imaged, as an index or the image's own notes say it; null where they do not. */
export const planeFacts = {
  /** Side of a pixel in the specimen, µm. */
  pixelSize: z.number().nullable(),
  /** The middle of the image, µm, in the instrument's frame: x to the right, y downwards, z the focus. */
  position: z.object({ x: z.number(), y: z.number(), z: z.number().nullable() }).nullable(),
  /** ISO 8601 as the instrument writes it, with the offset from UTC or without. */
  takenAt: z.string().nullable(),
} as const

/** How a run was imaged, as its index says it; null where it does not. */
export const RunFacts = z.object({
  startedAt: z.string().nullable(),
  objective: z
    .object({
      name: z.string().nullable(),
      magnification: z.number().nullable(),
      numericalAperture: z.number().nullable(),
    })
    .nullable(),
  channels: z.array(
    z.object({
      channel: z.string(),
      /** Wavelengths, nm. */
      excitation: z.number().nullable(),
      emission: z.number().nullable(),
      /** ms */
      exposure: z.number().nullable(),
      /** Where the instrument keeps its own flat field. */
      flatField: z.string().nullable(),
    }),
  ),
})
export type RunFacts = z.infer<typeof RunFacts>
