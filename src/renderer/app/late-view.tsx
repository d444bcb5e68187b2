import { useEffect, type ComponentType } from 'react'
import type { Fault } from '#core/fault.ts'
import { createObservable, useObservable } from '../lib/observable.ts'
import { FaultMessage, Loading } from '../ui/message.tsx'

/** A view that is not part of the first script. */
export interface LateView<Props extends object> {
  readonly View: ComponentType<Props>
  /** Fetches it before somebody goes there. */
  fetch(): void
}

type Fetched<Props extends object> =
  | { readonly status: 'not-yet' }
  | { readonly status: 'here'; readonly Here: ComponentType<Props> }
  | { readonly status: 'failed'; readonly fault: Fault }

/**
 * Fetches a view when it is first gone to, or before.
 *
 * Not React's `lazy`: after it has shown that something is loading, it holds the view back for 300 ms.
 */
export function createLateView<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LateView<Props> {
  const fetched = createObservable<Fetched<Props>>({ status: 'not-yet' })
  let fetching = false

  function fetch(): void {
    if (fetching || fetched.getSnapshot().status === 'here') return
    fetching = true
    load()
      .then(
        Here => fetched.set({ status: 'here', Here }),
        () => {
          const fault = { kind: 'host-unreachable', detail: 'a part of the window' } as const
          fetched.set({ status: 'failed', fault })
        },
      )
      .finally(() => {
        fetching = false
      })
  }

  function View(props: Props) {
    const state = useObservable(fetched)
    useEffect(fetch, [])
    switch (state.status) {
      case 'not-yet':
        return <Loading label="Loading…" />
      case 'failed':
        return <FaultMessage title="The view was not found." fault={state.fault} onRetry={fetch} />
      case 'here':
        return <state.Here {...props} />
    }
  }

  return { View, fetch }
}
