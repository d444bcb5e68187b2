import { useEffect, useMemo } from 'react'
import { faultText } from '#core/fault-text.ts'
import { useCommands, type CommandBoard, type CommandDeeds } from '../../lib/command-board.ts'
import { useObservable } from '../../lib/observable.ts'
import type { GoTo, Place } from '../../lib/place.ts'
import { Button } from '../../ui/button.tsx'
import { FaultMessage, Loading, Notice } from '../../ui/message.tsx'
import { AddDialog } from './add-dialog.tsx'
import { ModelCardPage } from './model-card-page.tsx'
import { ModelList } from './model-list.tsx'
import type { ModelsState } from './models-state.ts'
import type { ModelsStore } from './models-store.ts'

interface ModelsViewProps {
  readonly store: ModelsStore
  readonly board: CommandBoard
  readonly goTo: GoTo
  readonly place: Extract<Place, { readonly view: 'models' }>
}

/** The networks of this store: all of them, or the card of one. */
export function ModelsView({ store, board, goTo, place: { number } }: ModelsViewProps) {
  const state = useObservable(store)
  useEffect(() => {
    if (number === null) void store.list()
    else void store.open(number)
  }, [store, number])
  useCommands(
    board,
    useMemo<CommandDeeds>(() => ({ 'model.add': () => void store.choose() }), [store]),
  )
  const { undone } = state
  return (
    <>
      {undone === null ? null : (
        <Notice tone="fault" onClose={() => store.read()}>
          {faultText(undone)}
        </Notice>
      )}
      {number === null ? (
        <AllModels state={state} store={store} board={board} />
      ) : (
        <OneModel state={state} store={store} number={number} goTo={goTo} />
      )}
      <AddDialog
        choice={state.choice}
        busy={state.doing?.deed === 'add'}
        store={store}
        onAdded={added => goTo({ view: 'models', number: added })}
      />
    </>
  )
}

interface AllModelsProps {
  readonly state: ModelsState
  readonly store: ModelsStore
  readonly board: CommandBoard
}

function AllModels({ state: { list, doing }, store, board }: AllModelsProps) {
  switch (list.status) {
    case 'loading':
      return <Loading label="Reading the store…" />
    case 'failed': {
      const title = 'The models could not be listed.'
      return <FaultMessage title={title} fault={list.fault} onRetry={() => void store.list()} />
    }
    case 'listed':
      return <ModelList list={list.list} doing={doing} store={store} board={board} />
  }
}

interface OneModelProps {
  readonly state: ModelsState
  readonly store: ModelsStore
  readonly number: number
  readonly goTo: GoTo
}

function OneModel({ state: { card, doing }, store, number, goTo }: OneModelProps) {
  if (card.status === 'none' || card.number !== number || card.status === 'loading') {
    return <Loading label="Reading the card…" />
  }
  if (card.status === 'open') return <ModelCardPage card={card.card} doing={doing} store={store} />
  return (
    <>
      <FaultMessage
        title="The card could not be opened."
        fault={card.fault}
        onRetry={() => void store.open(number)}
      />
      <Button onClick={() => goTo({ view: 'models', number: null })}>All models</Button>
    </>
  )
}
