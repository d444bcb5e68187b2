export { createFieldStore, type FieldStore } from './field-store.ts'
export { FieldView } from './field-view.tsx'
