import { useCallback, useDeferredValue, useEffect, useMemo } from 'react'
import type { PlaneState } from '#contract/plates.ts'
import type { FieldId, PlaneId, PlateId } from '#core/brand.ts'
import { faultText } from '#core/fault-text.ts'
import type { CommandBoard } from '../../lib/command-board.ts'
import { useObservable } from '../../lib/observable.ts'
import type { PixelSource } from '../../lib/pixels.ts'
import type { GoTo } from '../../lib/place.ts'
import { countText } from '../../lib/count-text.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { Empty, FaultMessage, Loading, Notice } from '../../ui/message.tsx'
import type { Judging } from './channel-series.ts'
import { ComparePanel } from './compare-panel.tsx'
import { ControlPanel } from './control-panel.tsx'
import { DraftBar } from './draft-bar.tsx'
import { FiguresStrip } from './figures-strip.tsx'
import type { PlateQuality } from './plate-quality.ts'
import type { QualityStore } from './quality-store.ts'
import { channelsOf } from './judged-table.ts'
import css from './quality-view.module.css'
import { ReasonsPanel } from './reasons-panel.tsx'
import { RulesPanel } from './rules-panel.tsx'
import { countReasons, filterRows } from './selected-rows.ts'

interface QualityViewProps {
  readonly store: QualityStore
  readonly board: CommandBoard
  readonly goTo: GoTo
  readonly pixels: PixelSource
  readonly plateId: PlateId
}

/** How the planes of a plate come out while they arrive, and by which rules. */
export function QualityView({ store, board, goTo, pixels, plateId }: QualityViewProps) {
  const state = useObservable(store.plate)
  useEffect(() => void store.open(plateId), [store, plateId])
  switch (state.status) {
    case 'idle':
    case 'loading':
      return <Loading label="Opening the plate…" />
    case 'failed':
      return (
        <FaultMessage
          fault={state.fault}
          title="The plate could not be opened."
          onRetry={() => void store.open(plateId)}
        />
      )
    case 'open':
      if (state.plateId !== plateId) return <Loading label="Opening the plate…" />
      return <OpenQuality {...{ state, store, board, goTo, pixels }} />
  }
}

interface OpenQualityProps extends Omit<QualityViewProps, 'plateId'> {
  readonly state: Extract<PlateQuality, { readonly status: 'open' }>
}

const NO_LIMITS: Judging = {
  quality: {
    metrics: { edgeSignificance: 6, foregroundSignificance: 5 },
    rules: [],
    baselines: {},
  },
  channels: [],
}

function OpenQuality({ state, store, board, goTo, pixels }: OpenQualityProps) {
  const { plateId, summary, table, complete, stale, doubted } = state
  const selection = useObservable(store.selection)
  const rules = useObservable(store.rules)
  // While a plate arrives, the hand on the mouse comes first.
  const shown = useDeferredValue(table)
  const { channel } = selection.filter
  const reasons = useMemo(
    () => countReasons(shown, filterRows(shown, { channel, state: null, reason: null })),
    [shown, channel],
  )
  const channels = useMemo(() => channelsOf(shown, summary.channels), [shown, summary.channels])
  const judging = rules.status === 'known' ? rules : NO_LIMITS
  const limits = useMemo(
    () => ({ quality: judging.quality, channels: judging.channels }),
    [judging.quality, judging.channels],
  )
  const openField = useCallback(
    (fieldId: FieldId, planeId: PlaneId) => goTo({ view: 'field', plateId, fieldId, planeId }),
    [goTo, plateId],
  )
  const openRow = useCallback(
    (row: number) => openField(shown.fieldId[row]!, shown.planeId[row]!),
    [openField, shown],
  )
  const showState = useCallback(
    (chosen: PlaneState | null) => store.select({ type: 'filtered', filter: { state: chosen } }),
    [store],
  )
  const showReason = useCallback(
    (reason: string | null) => store.select({ type: 'filtered', filter: { reason } }),
    [store],
  )
  return (
    <div className={css['view']}>
      <FiguresStrip
        summary={summary}
        table={table}
        shown={selection.filter.state}
        onShow={showState}
      />
      {stale === null ? null : (
        <Notice tone="fault">What was judged last is missing here. {faultText(stale)}</Notice>
      )}
      <div className={css['columns']}>
        <div className={css['main']}>
          {shown.rows.length === 0 ? (
            <NothingJudged complete={complete} />
          ) : (
            <>
              <ControlPanel
                table={shown}
                judging={limits}
                channels={channels}
                metric={selection.metric}
                along={selection.along}
                channel={channel}
                onSelect={store.select}
                onOpen={openRow}
              />
              <ComparePanel
                table={shown}
                selection={selection}
                pixels={pixels}
                onSelect={store.select}
                onOpen={openRow}
              />
            </>
          )}
        </div>
        <aside className={css['side']}>
          <ReasonsPanel
            reasons={reasons}
            judged={shown.rows.length}
            shown={selection.filter.reason}
            onShow={showReason}
          />
          {doubted === 0 ? null : (
            <p className={css['doubted']}>
              <DoubtMark decision="review" silent />
              {`Networks leave ${countText(doubted, 'field')} to review.`}
            </p>
          )}
          <span>
            <CommandButton board={board} id="review.show" text="Review flagged planes" />
          </span>
          <RulesPanel store={store.rules} judged={shown.rows.length} />
        </aside>
      </div>
      <DraftBar store={store.rules} pixels={pixels} onOpen={openField} />
    </div>
  )
}

function NothingJudged({ complete }: { readonly complete: boolean }) {
  if (!complete) return <Loading label="Reading what was judged…" />
  return (
    <Empty title="No plane has been judged yet.">
      <p>Charts begin with the first plane that has settled; nothing needs to be done.</p>
    </Empty>
  )
}
