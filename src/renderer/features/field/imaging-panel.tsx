import type { FieldDetails } from '#contract/fields.ts'
import { channelText, instrumentTime, objectiveText, placedText } from '../../lib/run-words.ts'
import { Panel } from '../../ui/panel.tsx'
import css from './imaging-panel.module.css'

/** How a field was imaged, as far as an index or its images say it. */
export function ImagingPanel({ field, imaging }: Pick<FieldDetails, 'field' | 'imaging'>) {
  const { planes } = field
  const pixelSize = planes.flatMap(plane => plane.pixelSize ?? [])[0]
  const position = planes.flatMap(plane => plane.position ?? [])[0]
  const times = planes.flatMap(({ takenAt }) => takenAt ?? []).sort()
  const depths = [...new Set(planes.flatMap(plane => plane.position?.z ?? []))]
  const objective = objectiveText(imaging.facts)
  const channels = imaging.facts?.channels.filter(each => channelText(each) !== '') ?? []
  return (
    <Panel title="Imaging">
      <dl className={css['facts']}>
        <Fact name="Source" value={placedText(imaging)} />
        {objective === null ? null : <Fact name="With" value={objective} />}
        {pixelSize === undefined ? null : (
          <Fact name="Pixel" value={`${Number(pixelSize.toPrecision(4))} µm`} />
        )}
        {position === undefined ? null : (
          <Fact
            name="Middle at"
            value={`x ${micrometres(position.x)}, y ${micrometres(position.y)} µm`}
          />
        )}
        {depths.length === 0 ? null : <Fact name="Focus at" value={`z ${rangeText(depths)} µm`} />}
        {times[0] === undefined ? null : <Fact name="Taken" value={instrumentTime(times[0])} />}
        {channels.map(each => (
          <Fact key={each.channel} name={each.channel} value={channelText(each)} />
        ))}
      </dl>
    </Panel>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className={css['fact']}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function rangeText(depths: readonly number[]): string {
  const [low, high] = [Math.min(...depths), Math.max(...depths)]
  return low === high ? micrometres(low) : `${micrometres(low)} to ${micrometres(high)}`
}

function micrometres(value: number): string {
  return value.toFixed(1).replace('-', '−')
}
