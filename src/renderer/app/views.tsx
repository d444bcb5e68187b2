import { lazy, type ComponentType } from 'react'
import type { Bridge } from '#contract/client.ts'
import type { ParfocalApi } from '#contract/index.ts'
import type { CommandBoard } from '../lib/command-board.ts'
import type { PixelSource } from '../lib/pixels.ts'
import type { GoTo, Place, View } from '../lib/place.ts'

/** What every view is built from. */
export interface Surroundings {
  readonly api: ParfocalApi
  readonly bridge: Bridge
  readonly pixels: PixelSource
  readonly board: CommandBoard
  readonly goTo: GoTo
}

type PlaceOf<V extends View> = Extract<Place, { readonly view: V }>
type ViewOf<V extends View> = ComponentType<{ readonly place: PlaceOf<V> }>

export interface Views {
  readonly plate: ViewOf<'plate'>
  readonly field: ViewOf<'field'>
  readonly quality: ViewOf<'quality'>
  readonly review: ViewOf<'review'>
  readonly reacquire: ViewOf<'reacquire'>
}

/** The large views, each fetched when it is first gone to; its store then stays, so that coming back finds it as it was. */
export function createViews({ api, bridge, pixels, board, goTo }: Surroundings): Views {
  const shared = { board, goTo, pixels }
  const reviewFeature = once(async () => {
    const feature = await import('../features/review/index.ts')
    return { ...feature, store: feature.createReviewStore(api, bridge, pixels) }
  })
  return {
    plate: lazyView<'plate'>(async () => {
      const { createPlateStore, PlateView } = await import('../features/plate/index.ts')
      const store = createPlateStore(api, bridge)
      return ({ place }) => <PlateView {...shared} store={store} plateId={place.plateId} />
    }),
    field: lazyView<'field'>(async () => {
      const { createFieldStore, FieldView } = await import('../features/field/index.ts')
      const store = createFieldStore(api, bridge, pixels)
      return ({ place }) => <FieldView {...shared} store={store} place={place} />
    }),
    quality: lazyView<'quality'>(async () => {
      const { createQualityStore, QualityView } = await import('../features/quality/index.ts')
      const store = createQualityStore(api, bridge)
      return ({ place }) => <QualityView {...shared} store={store} plateId={place.plateId} />
    }),
    review: lazyView<'review'>(async () => {
      const { store, ReviewView } = await reviewFeature()
      return ({ place }) => <ReviewView {...shared} store={store} place={place} />
    }),
    reacquire: lazyView<'reacquire'>(async () => {
      const { store, ReacquireView } = await reviewFeature()
      return ({ place }) => <ReacquireView {...shared} store={store} place={place} />
    }),
  }
}

function lazyView<V extends View>(load: () => Promise<ViewOf<V>>) {
  return lazy(async () => ({ default: await load() }))
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => (made ??= make())
}
