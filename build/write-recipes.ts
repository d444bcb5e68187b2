import { writeFileSync } from 'node:fs'
import { NUCLEI_FLUORESCENCE, NUCLEI_NETWORK, NUCLEI_NETWORK_FAST } from '../src/core/recipe.ts'

// Writes the shipped recipes with every value spelled out, for people to read, copy and change.
for (const recipe of [NUCLEI_FLUORESCENCE, NUCLEI_NETWORK, NUCLEI_NETWORK_FAST]) {
  const path = new URL(`../resources/recipes/${recipe.name}.json`, import.meta.url)
  writeFileSync(path, `${JSON.stringify(recipe, null, 2)}\n`)
}
