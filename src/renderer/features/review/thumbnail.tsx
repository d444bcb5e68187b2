import type { PlaneState } from '#contract/plates.ts'
import { classNames } from '../../ui/class-names.ts'
import { BitmapCanvas } from './bitmap-canvas.tsx'
import type { ImageShelf, Shelved } from './image-shelf.ts'
import css from './thumbnail.module.css'
import { useSlot } from './use-slot.ts'

interface ThumbnailProps {
  readonly shelf: ImageShelf<ImageBitmap>
  readonly plane: Shelved & { readonly state: PlaneState }
  readonly size: 'small' | 'large'
}

/** A plane in a stamp. The words beside it say what it is. */
export function Thumbnail({ shelf, plane, size }: ThumbnailProps) {
  return (
    <span className={classNames(css['box'], css[size])}>
      {plane.state === 'unreadable' ? '—' : <Stamp shelf={shelf} plane={plane} />}
    </span>
  )
}

function Stamp({ shelf, plane }: Omit<ThumbnailProps, 'size'>) {
  const slot = useSlot(shelf, plane.planeId, plane.version)
  if (slot.status === 'loading') return null
  return slot.status === 'failed' ? (
    '—'
  ) : (
    <BitmapCanvas bitmap={slot.picture} label={null} className={css['picture']} />
  )
}
