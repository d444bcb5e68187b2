import { createContext, useContext } from 'react'
import type { PlateId } from '#core/brand.ts'
import css from './plate-name.module.css'

/** The ends of folders of plates that share their name with another: see lib/plate-name.ts. */
export const Namesakes = createContext<ReadonlyMap<PlateId, string>>(new Map())

interface PlateNameProps {
  readonly plateId: PlateId
  readonly name: string
}

/** A plate's name; quietly with the end of its folder where another plate has the same. */
export function PlateName({ plateId, name }: PlateNameProps) {
  const folder = useContext(Namesakes).get(plateId)
  if (folder === undefined) return name
  return (
    <>
      {name} <span className={css['folder']}>{folder}</span>
    </>
  )
}
