;; The peak of the sum of each pixel's neighbours' waveforms, for one gain channel: eight samples at once.
;;
;; Each sample's additions run in single precision in the order of the neighbours, as in neighbor-peaks.ts, which also says
;; what the arrays are. `npm run wasm` translates this file into neighbor-peaks-wasm.ts.
(module
  (memory (export "memory") 1)

  (func (export "neighborPeaks")
    (param $waveforms i32)   ;; f32[nPixels][nSamples]
    (param $nSamples i32)
    (param $offsets i32)     ;; i32[nPixels + 1]
    (param $indices i32)     ;; i32[]
    (param $nPixels i32)     ;; at least 1
    (param $localWeight f32)
    (param $broken i32)      ;; u8[nPixels]
    (param $rows i32)        ;; scratch, i32[the most neighbours of a pixel]
    (param $peaks i32)       ;; result, i32[nPixels]
    (local $rowSize i32) (local $vectorsEnd i32)
    (local $pixel i32) (local $own i32) (local $i i32)
    (local $j i32) (local $jEnd i32) (local $neighbor i32)
    (local $row i32) (local $rowsEnd i32) (local $address i32)
    (local $weights v128) (local $sums v128) (local $sums2 v128) (local $larger v128)
    (local $numbers v128) (local $largests v128) (local $ats v128)
    (local $sum f32) (local $largest f32) (local $at i32) (local $peak i32)

    (local.set $rowSize (i32.shl (local.get $nSamples) (i32.const 2)))
    (local.set $vectorsEnd (i32.and (local.get $rowSize) (i32.const -32)))
    (local.set $weights (f32x4.splat (local.get $localWeight)))

    (loop $pixels
      ;; where the waveforms of the neighbours begin that are not broken
      (local.set $rowsEnd (local.get $rows))
      (local.set $j (i32.load (i32.add (local.get $offsets) (i32.shl (local.get $pixel) (i32.const 2)))))
      (local.set $jEnd (i32.load offset=4 (i32.add (local.get $offsets) (i32.shl (local.get $pixel) (i32.const 2)))))
      (block $gathered
        (loop $gather
          (br_if $gathered (i32.ge_s (local.get $j) (local.get $jEnd)))
          (local.set $neighbor (i32.load (i32.add (local.get $indices) (i32.shl (local.get $j) (i32.const 2)))))
          (if (i32.eqz (i32.load8_u (i32.add (local.get $broken) (local.get $neighbor))))
            (then
              (i32.store (local.get $rowsEnd)
                (i32.add (local.get $waveforms) (i32.mul (local.get $neighbor) (local.get $rowSize))))
              (local.set $rowsEnd (i32.add (local.get $rowsEnd) (i32.const 4)))))
          (local.set $j (i32.add (local.get $j) (i32.const 1)))
          (br $gather)))

      (local.set $own (i32.add (local.get $waveforms) (i32.mul (local.get $pixel) (local.get $rowSize))))
      (local.set $largests (f32x4.splat (f32.const -inf)))
      (local.set $ats (v128.const i32x4 0 0 0 0))
      (local.set $numbers (v128.const i32x4 0 1 2 3))
      (local.set $i (i32.const 0))
      (block $done
        (loop $vectors
          (br_if $done (i32.ge_s (local.get $i) (local.get $vectorsEnd)))
          (local.set $sums (v128.const f32x4 0 0 0 0))
          (local.set $sums2 (v128.const f32x4 0 0 0 0))
          (if (f32.ne (local.get $localWeight) (f32.const 0))
            (then
              (local.set $address (i32.add (local.get $own) (local.get $i)))
              (local.set $sums (f32x4.mul (v128.load (local.get $address)) (local.get $weights)))
              (local.set $sums2 (f32x4.mul (v128.load offset=16 (local.get $address)) (local.get $weights)))))
          (local.set $row (local.get $rows))
          (block $added
            (loop $add
              (br_if $added (i32.ge_s (local.get $row) (local.get $rowsEnd)))
              (local.set $address (i32.add (i32.load (local.get $row)) (local.get $i)))
              (local.set $sums (f32x4.add (local.get $sums) (v128.load (local.get $address))))
              (local.set $sums2 (f32x4.add (local.get $sums2) (v128.load offset=16 (local.get $address))))
              (local.set $row (i32.add (local.get $row) (i32.const 4)))
              (br $add)))

          (local.set $larger (f32x4.gt (local.get $sums) (local.get $largests)))
          (local.set $largests (v128.bitselect (local.get $sums) (local.get $largests) (local.get $larger)))
          (local.set $ats (v128.bitselect (local.get $numbers) (local.get $ats) (local.get $larger)))
          (local.set $numbers (i32x4.add (local.get $numbers) (v128.const i32x4 4 4 4 4)))
          (local.set $larger (f32x4.gt (local.get $sums2) (local.get $largests)))
          (local.set $largests (v128.bitselect (local.get $sums2) (local.get $largests) (local.get $larger)))
          (local.set $ats (v128.bitselect (local.get $numbers) (local.get $ats) (local.get $larger)))
          (local.set $numbers (i32x4.add (local.get $numbers) (v128.const i32x4 4 4 4 4)))
          (local.set $i (i32.add (local.get $i) (i32.const 32)))
          (br $vectors)))

      ;; of the four lanes the largest, of equal ones the earliest
      (local.set $largest (f32x4.extract_lane 0 (local.get $largests)))
      (local.set $peak (i32x4.extract_lane 0 (local.get $ats)))
      (local.set $sum (f32x4.extract_lane 1 (local.get $largests)))
      (local.set $at (i32x4.extract_lane 1 (local.get $ats)))
      (if (i32.or (f32.gt (local.get $sum) (local.get $largest))
                  (i32.and (f32.eq (local.get $sum) (local.get $largest)) (i32.lt_s (local.get $at) (local.get $peak))))
        (then (local.set $largest (local.get $sum)) (local.set $peak (local.get $at))))
      (local.set $sum (f32x4.extract_lane 2 (local.get $largests)))
      (local.set $at (i32x4.extract_lane 2 (local.get $ats)))
      (if (i32.or (f32.gt (local.get $sum) (local.get $largest))
                  (i32.and (f32.eq (local.get $sum) (local.get $largest)) (i32.lt_s (local.get $at) (local.get $peak))))
        (then (local.set $largest (local.get $sum)) (local.set $peak (local.get $at))))
      (local.set $sum (f32x4.extract_lane 3 (local.get $largests)))
      (local.set $at (i32x4.extract_lane 3 (local.get $ats)))
      (if (i32.or (f32.gt (local.get $sum) (local.get $largest))
                  (i32.and (f32.eq (local.get $sum) (local.get $largest)) (i32.lt_s (local.get $at) (local.get $peak))))
        (then (local.set $largest (local.get $sum)) (local.set $peak (local.get $at))))
      ;; the samples after the last eight
      (block $done
        (loop $rest
          (br_if $done (i32.ge_s (local.get $i) (local.get $rowSize)))
          (local.set $sum (f32.const 0))
          (if (f32.ne (local.get $localWeight) (f32.const 0))
            (then
              (local.set $address (i32.add (local.get $own) (local.get $i)))
              (local.set $sum (f32.mul (f32.load (local.get $address)) (local.get $localWeight)))))
          (local.set $row (local.get $rows))
          (block $added
            (loop $add
              (br_if $added (i32.ge_s (local.get $row) (local.get $rowsEnd)))
              (local.set $address (i32.add (i32.load (local.get $row)) (local.get $i)))
              (local.set $sum (f32.add (local.get $sum) (f32.load (local.get $address))))
              (local.set $row (i32.add (local.get $row) (i32.const 4)))
              (br $add)))
          (if (f32.gt (local.get $sum) (local.get $largest))
            (then
              (local.set $largest (local.get $sum))
              (local.set $peak (i32.shr_u (local.get $i) (i32.const 2)))))
          (local.set $i (i32.add (local.get $i) (i32.const 4)))
          (br $rest)))

      (i32.store (i32.add (local.get $peaks) (i32.shl (local.get $pixel) (i32.const 2))) (local.get $peak))
      (local.set $pixel (i32.add (local.get $pixel) (i32.const 1)))
      (br_if $pixels (i32.lt_s (local.get $pixel) (local.get $nPixels))))))
