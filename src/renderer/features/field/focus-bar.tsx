import type { FieldRow } from '#contract/plates.ts'
import type { FieldId } from '#core/brand.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { Slider } from '../../ui/slider.tsx'
import { focusText } from './field-words.ts'
import css from './focus-bar.module.css'
import { depthsOf, focusesOf, type Focus } from './planes-shown.ts'

interface FocusBarProps {
  readonly field: FieldRow
  readonly wellFields: readonly FieldRow[]
  readonly focus: Focus
  readonly onFocus: (focus: Focus) => void
  readonly onField: (fieldId: FieldId) => void
}

/** Depth and time, where there is more than one of either. */
export function FocusBar({ field, wellFields, focus, onFocus, onField }: FocusBarProps) {
  const depths = depthsOf(field)
  const kinds = [...new Set(focusesOf(field).map(({ kind }) => kind))]
  const times = wellFields.filter(({ site }) => site === field.site).sort((a, b) => a.t - b.t)
  if (kinds.length < 2 && depths.length < 2 && times.length < 2) return null
  const depth = focus.kind === 'plane' ? depths.indexOf(focus.z) : Math.floor(depths.length / 2)
  const time = times.findIndex(({ fieldId }) => fieldId === field.fieldId)
  const choose = (kind: Focus['kind']): void =>
    onFocus(kind === 'plane' ? { kind, z: depths[depth]! } : { kind })
  return (
    <div className={css['bar']}>
      {kinds.length > 1 ? (
        <Segmented
          label="Focus"
          value={focus.kind}
          options={kinds.map(kind => ({
            value: kind,
            text: kind === 'plane' ? 'one plane' : focusText({ kind }),
          }))}
          onChange={choose}
        />
      ) : null}
      {depths.length > 1 ? (
        <Slider
          label="Depth"
          min={0}
          max={depths.length - 1}
          step={1}
          value={depth}
          text={
            focus.kind === 'plane'
              ? `z ${depths[depth]}, ${depth + 1} of ${depths.length}`
              : focusText(focus)
          }
          onChange={index => onFocus({ kind: 'plane', z: depths[index]! })}
        />
      ) : null}
      {times.length > 1 ? (
        <Slider
          label="Time"
          min={0}
          max={times.length - 1}
          step={1}
          value={Math.max(time, 0)}
          text={`t ${field.t}, ${time + 1} of ${times.length}`}
          onChange={index => onField(times[index]!.fieldId)}
        />
      ) : null}
    </div>
  )
}
