/** Hidden files, and names that programs give to what they have not finished or keep to themselves. */
export function isTemporary(name: string): boolean {
  return TEMPORARY_NAME.test(name) && !ZARR_METADATA.test(name)
}

const TEMPORARY_NAME =
  /^[.~]|~$|\.(?:tmp|temp|part|partial|crdownload|lock|swp)$|^(?:Thumbs\.db|desktop\.ini|\$RECYCLE\.BIN|System Volume Information)$/i
const ZARR_METADATA = /^\.z(?:group|attrs|array|metadata)$/
