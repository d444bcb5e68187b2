import type { Hole } from '#core/plate/plate-scene.ts'

/** The corner that draw-holes.ts cuts out of wells: framed for late, filled for missing. */
export function HoleMark({ hole }: { readonly hole: Exclude<Hole, 'none'> }) {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path
        d="M10.5 1.5 V10.5 H1.5 Z"
        fill={hole === 'missing' ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="1.4"
      />
    </svg>
  )
}
