import { assertNever, type Fault } from './fault.ts'

/** What to tell a person: what happened, then what to do next. */
export function faultText(fault: Fault): string {
  switch (fault.kind) {
    case 'file-not-found':
      return 'There is no such file, or no longer. Check the path; if it was moved, move it back and run again.'
    case 'file-locked':
      return `The file could not be opened (${fault.detail}). Check its permissions, or close the program that holds it, then run again.`
    case 'file-changed':
      return 'The file changed while it was being read. Run again when the instrument has finished writing.'
    case 'not-an-image':
      return `This is not an image Parfocal knows (${fault.detail}). Export it as TIFF or PNG.`
    case 'image-truncated':
      return `The file ends before its image does (${fault.detail}). Copy it again or image this plane again.`
    case 'image-corrupt':
      return `The file is damaged (${fault.detail}). Copy it again or image this plane again.`
    case 'image-unsupported':
      return `This image layout is not supported (${fault.detail}). Export it as 8-, 16-bit or float grayscale.`
    case 'image-too-large':
      return `The image is larger than Parfocal reads (${fault.detail}). Export it in smaller fields.`
    case 'size-mismatch':
      return `The planes of this field differ in size (${fault.detail}). Image the field again with one camera setting.`
    case 'format-mismatch':
      return `The planes of this field differ in format (${fault.detail}). Image the field again with one camera setting.`
    case 'depth-missing':
      return `The recipe looks at a depth that this field lacks (${fault.detail}). Image it there, or choose another focal plane.`
    case 'folder-not-found':
      return 'There is no such folder. Check the path; a file is looked at with "parfocal quality".'
    case 'folder-offline':
      return `The folder cannot be read (${fault.detail}). Check its permissions and the connection; a watch goes on when it returns.`
    case 'index-invalid':
      return `The instrument's index could not be used (${fault.detail}). Images without it go by their names alone; check wells and channels.`
    case 'table-invalid':
      return `The table of images is not right (${fault.detail}). Correct it and run again.`
    case 'pages-unnamed':
      return `The name of this file does not say what each of its pages shows (${fault.detail}). Save each image as a file of its own.`
    case 'plane-claimed-twice':
      return `By its place this file is the same image as ${fault.other}, which was used instead. Remove or rename one of them.`
    case 'deadline-exceeded':
      return `Reading or analysing took longer than ${fault.seconds} s and was stopped. Look at the file; it may be damaged.`
    case 'memory-exceeded':
      return `Reading or analysing needed more than ${fault.megabytes} MB and was stopped. Look at the file; it may be damaged.`
    case 'worker-lost':
      return `The worker process ended twice on this file (${fault.detail}). Look at the file; it may be damaged.`
    case 'store-not-found':
      return 'There is no store here. Check the path, or run a folder into it first.'
    case 'store-in-use':
      return `Another Parfocal${fault.pid === null ? '' : ` (process ${fault.pid})`} is using this store. Close it, or choose another with --store.`
    case 'store-damaged':
      return `The store is damaged (${fault.detail}). Do not write to it; restore a backup and run "parfocal verify".`
    case 'store-newer':
      return `The store was written by a newer Parfocal (${fault.detail}). Update Parfocal to open it.`
    case 'store-not-writable':
      return `The store cannot be written (${fault.detail}). Check the permissions of its folder.`
    case 'store-misplaced':
      return `The store cannot be kept here (${fault.detail}). Choose another folder, on a local disk, with --store.`
    case 'disk-full':
      return 'The disk is full; nothing was half-written. Free some space and run again: it continues where it was.'
    case 'artifact-missing':
      return 'This result is gone from the store. Run "parfocal verify", and restore the store from a backup.'
    case 'settings-invalid':
      return `The settings could not be read (${fault.detail}) and were kept aside. Set them again, or repair the file.`
    case 'bad-option':
      return `${fault.option} is ${fault.value}; allowed: ${fault.allowed}.`
    case 'recipe-invalid':
      return `The recipe's ${fault.field} is ${fault.value}; allowed: ${fault.allowed}.`
    case 'output-not-writable':
      return `The output could not be written (${fault.detail}). Choose another folder.`
    case 'model-invalid':
      return `The model package does not say what it should (${fault.detail}). Ask its author for a corrected one.`
    case 'model-refused':
      return `The model package is refused for safety: ${fault.detail}. Get it again from its source.`
    case 'model-differs':
      return `The network does not give what its own test tensors say (${fault.detail}). Do not use it on this PC.`
    case 'model-not-found':
      return `The model ${fault.model} is not registered in this store. Those that ship with Parfocal are when a recipe first names them; add others with 'parfocal models add'.`
    case 'model-not-usable':
      return `This cannot be done with the model ${fault.model}: ${fault.detail}.`
    case 'model-registered-otherwise':
      return `The model ${fault.model} is registered with other contents, and a registered version never changes. Give the new one a new version.`
    case 'provider-failed':
      return `The ${fault.provider} provider does not work here (${fault.detail}). The CPU serves instead; 'parfocal doctor' says what is missing.`
    case 'inference-failed':
      return `The model ${fault.model} could not be run (${fault.detail}). Other images go on; test it with 'parfocal models test'.`
    case 'plate-not-found':
      return 'This plate is not in the store. Go back to the list of plates and choose again.'
    case 'field-not-found':
      return 'This field is not in the store. Go back to its plate and choose again.'
    case 'plane-not-found':
      return 'This image is not in the store. Go back to its plate and choose again.'
    case 'record-not-found':
      return 'This record is not in the store. Go back to its field and open it again.'
    case 'recipe-not-found':
      return 'This version of the recipe is not in the store. Choose another from the list.'
    case 'decision-not-found':
      return 'This decision is not in the store, so it cannot be taken back. Open the review again.'
    case 'layout-invalid':
      return `Line ${fault.line} of the platemap makes no sense (${fault.detail}). Correct it and load it again.`
    case 'folder-watched-already':
      return 'This folder, or one around it or inside it, is already being watched. Choose another.'
    case 'folder-handle-unknown':
      return 'The list of folders is out of date. Open it again and choose the folder.'
    case 'host-unreachable':
      return `Parfocal does not answer (${fault.detail}). Check that it is still running, then try again.`
    case 'bad-request':
      return 'The window asked for something Parfocal does not understand. Close it and open it again.'
    case 'unexpected':
      return `Parfocal made a mistake and wrote it to its log (${fault.ticket}). Try again; restart if it repeats.`
    default:
      return assertNever(fault)
  }
}
