import type { PlateSummary } from '#contract/plates.ts'
import type { PlateId } from '#core/brand.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { MOST_PLATES, type OpenPlate, type ShownPlate } from './plate-state.ts'

interface JoinPlateProps {
  readonly plates: readonly ShownPlate[]
  readonly choice: readonly PlateSummary[]
  readonly onJoin: (plateId: PlateId) => void
}

/** Puts another plate beside those on screen. */
export function JoinPlate({ plates, choice, onJoin }: JoinPlateProps) {
  const others = choice.filter(({ plateId }) => plates.every(shown => shown.plateId !== plateId))
  if (others.length === 0 || plates.length >= MOST_PLATES) return null
  return (
    <Select
      label="Beside"
      value=""
      options={[
        { value: '', text: 'no other plate' },
        ...others.map(({ plateId, name }) => ({ value: String(plateId), text: name })),
      ]}
      onChange={value => {
        const chosen = others.find(({ plateId }) => String(plateId) === value)
        if (chosen !== undefined) onJoin(chosen.plateId)
      }}
    />
  )
}

interface LeavePlateProps {
  readonly plate: OpenPlate
  readonly onLeave: (plateId: PlateId) => void
}

/** Takes a plate from beside the others. */
export function LeavePlate({ plate: { plateId, details }, onLeave }: LeavePlateProps) {
  return (
    <Button
      tone="quiet"
      label={`Take ${details.summary.name} away`}
      onClick={() => onLeave(plateId)}
    >
      ✕
    </Button>
  )
}
