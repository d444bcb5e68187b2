import { z } from 'zod'

/**
 * How a map of class activation was made: of exported features whose mean the network's answer is
 * (`class-activation`), of features by a linear fit over the objects of the field (`fitted-activation`), by covering
 * places, or by random masks.
 */
export const Explanation = z.enum(['class-activation', 'fitted-activation', 'occlusion', 'rise'])
export type Explanation = z.infer<typeof Explanation>

/** What a field's record says of classes. */
export const FieldClasses = z.discriminatedUnion('of', [
  z.object({
    of: z.literal('objects'),
    /** In the order of `Class_Index`, from 1. */
    classes: z.array(z.object({ name: z.string(), count: z.number() })),
    /** Objects whose best class is not probable enough, or too far away. */
    unclassified: z.number(),
    explained: Explanation.nullable(),
  }),
  z.object({
    of: z.literal('field'),
    classes: z.array(z.object({ name: z.string(), probability: z.number() })),
    /** The likeliest class; null where it is not probable enough. */
    found: z.string().nullable(),
    /** 0 certain to 1. */
    entropy: z.number(),
    /** 0 to 1: what members and augmentations disagree about. */
    mutualInformation: z.number(),
    explained: Explanation.nullable(),
  }),
])
export type FieldClasses = z.infer<typeof FieldClasses>
export type ObjectClassCounts = Extract<FieldClasses, { readonly of: 'objects' }>
export type WholeFieldClasses = Extract<FieldClasses, { readonly of: 'field' }>
