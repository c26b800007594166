/** Types of objects that hold nothing but other objects. */
export const Containers = {
  TELESCOPE_DATA: 1204,
  ARRAY_EVENT: 2010,
  CALIBRATION_EVENT: 2028,
  CALIBRATION_PHOTOELECTRONS: 2034,
} as const;
