import type { Specimen } from './specimen.ts'
import { stainActin } from './stains/actin.ts'
import { stainDna } from './stains/dna.ts'
import { stainEndoplasmicReticulum } from './stains/endoplasmic-reticulum.ts'
import { stainMitochondria } from './stains/mitochondria.ts'
import { stainRna } from './stains/rna.ts'

/** A stain and the light it gives. */
export interface Channel {
  /** As the instrument calls it: after the filter. */
  readonly name: string
  /** Wavelength of the light that excites the stain, in µm. */
  readonly excitation: number
  /** ms that the shutter is open. */
  readonly exposure: number
  /** Wavelength at which the stain shines, in µm. */
  readonly emission: number
  /** Photons that a pixel gets from where the stain has strength 1. */
  readonly photons: number
  /** Photons that a pixel gets from the medium, the plastic and the cells themselves. */
  readonly background: number
  /** The objective focuses this colour so much deeper than the nuclei's, in µm. */
  readonly focalShift: number
  readonly stain: (specimen: Specimen) => Float32Array
}

/** In the order in which they are imaged. The first shows the nuclei. */
export const CHANNELS: readonly Channel[] = [
  {
    name: 'DAPI',
    excitation: 0.377,
    exposure: 40,
    emission: 0.461,
    photons: 1900,
    background: 70,
    focalShift: 0,
    stain: stainDna,
  },
  {
    name: 'FITC',
    excitation: 0.482,
    exposure: 100,
    emission: 0.519,
    photons: 1500,
    background: 130,
    focalShift: 0.2,
    stain: stainEndoplasmicReticulum,
  },
  {
    name: 'TxRed',
    excitation: 0.562,
    exposure: 150,
    emission: 0.603,
    photons: 1100,
    background: 90,
    focalShift: 0.4,
    stain: stainActin,
  },
  {
    name: 'Cy5',
    excitation: 0.628,
    exposure: 250,
    emission: 0.665,
    photons: 1600,
    background: 60,
    focalShift: 0.6,
    stain: stainMitochondria,
  },
  {
    name: 'TRITC',
    excitation: 0.543,
    exposure: 120,
    emission: 0.573,
    photons: 1300,
    background: 100,
    focalShift: 0.3,
    stain: stainRna,
  },
]
