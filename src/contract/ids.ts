import { z } from 'zod'
import type { AcquisitionId, FieldId, PlaneId, PlateId, RecordId, Sha256 } from '#core/brand.ts'

// The only places where numbers and texts become ids.
const id = z.int().nonnegative()

export const PlateIdNumber = id.transform(value => value as PlateId)
export const AcquisitionIdNumber = id.transform(value => value as AcquisitionId)
export const FieldIdNumber = id.transform(value => value as FieldId)
export const PlaneIdNumber = id.transform(value => value as PlaneId)

const digest = z.string().regex(/^[0-9a-f]{64}$/, '64 lower-case hexadecimal digits')

export const RecordIdText = digest.transform(value => value as RecordId)
export const RecipeHashText = digest.transform(value => value as Sha256)
