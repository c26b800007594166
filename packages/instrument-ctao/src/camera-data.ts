/** Description of a camera. */
export interface CameraData {
  readonly name: string;
  readonly geometry: {
    readonly pixType: string;
    readonly pixRotationDeg: number;
    readonly camRotationDeg: number;
    /** m. */
    readonly pixX: readonly number[];
    readonly pixY: readonly number[];
    /** m2. */
    readonly pixArea: readonly number[];
  };
  readonly readout: {
    /** GHz. */
    readonly samplingRate: number;
    readonly nChannels: number;
    readonly nPixels: number;
    readonly nSamples: number;
    /** ns. */
    readonly referencePulseSampleWidth: number;
    /** By gain channel. */
    readonly referencePulseShape: readonly (readonly number[])[];
  };
}
