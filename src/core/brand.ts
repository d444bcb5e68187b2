declare const brand: unique symbol

/** A text or number that carries a meaning, so that one kind of id cannot be passed as another. */
type Branded<T, Name extends string> = T & { readonly [brand]: Name }

export type PlateId = Branded<number, 'PlateId'>
/** One imaging run of a plate. 0 is legal. */
export type AcquisitionId = Branded<number, 'AcquisitionId'>
export type FieldId = Branded<number, 'FieldId'>
export type PlaneId = Branded<number, 'PlaneId'>
/** Says what a record was computed from: the hash of its subject, recipe and inputs. */
export type RecordId = Branded<string, 'RecordId'>
/** 64 lower-case hexadecimal digits. */
export type Sha256 = Branded<string, 'Sha256'>
