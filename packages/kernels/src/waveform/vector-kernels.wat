;; The loops over all samples of a camera with vector instructions. hot-kernels.ts documents the functions and their arrays;
;; scalar-kernels.ts is the implementation in plain JavaScript, with results equal bit by bit.
;; Arrays are passed as offsets into memory; vector-kernels.ts allocates them. `npm run wasm` compiles this file.
(module
  (memory (export "memory") 1)

  ;; Decodes whole rows: one-byte differences sixteen at a time, those of two and three bytes one by one. Stops before the
  ;; first row that is truncated or has longer differences, and returns its offset. Stores the number of rows at $rows - 16.
  (func (export "decodeRows")
    (param $bytes i32)       ;; u8[], readable up to 16 bytes beyond the end
    (param $end i32)
    (param $nPerRow i32)
    (param $nRows i32)
    (param $rows i32)        ;; result, u16[nRows][nPerRow], writable up to 32 bytes beyond its end
    (result i32)
    (local $row i32) (local $rowBegin i32) (local $i i32) (local $left i32) (local $count i32)
    (local $value i32) (local $first i32) (local $zigzag i32) (local $out i32)
    (local $packed v128) (local $low v128) (local $high v128)

    (local.set $rowBegin (local.get $bytes))
    (local.set $out (local.get $rows))
    (block $stop
      (loop $nextRow
        (br_if $stop (i32.ge_s (local.get $row) (local.get $nRows)))
        (local.set $value (i32.const 0))
        (local.set $left (local.get $nPerRow))
        (block $rowDone
          (loop $next
            (br_if $rowDone (i32.le_s (local.get $left) (i32.const 0)))
            (local.set $packed (v128.load (local.get $bytes)))
            ;; number of one-byte differences among the next sixteen bytes
            (local.set $count (i32.ctz (i32.or
              (i8x16.bitmask (local.get $packed))
              (i32.shl (i32.const 1) (select (local.get $left) (i32.const 16) (i32.lt_s (local.get $left) (i32.const 16)))))))
            (if (local.get $count)
              (then
                (local.set $packed (v128.xor
                  (i8x16.shr_u (local.get $packed) (i32.const 1))
                  (i8x16.neg (v128.and (local.get $packed) (i8x16.splat (i32.const 1))))))
                (local.set $low (i16x8.extend_low_i8x16_s (local.get $packed)))
                (local.set $high (i16x8.extend_high_i8x16_s (local.get $packed)))
                ;; running sums: each lane adds the lane before it, then the one two before, then the one four before
                (local.set $low (i16x8.add (local.get $low) (i8x16.shuffle 0 0 16 17 18 19 20 21 22 23 24 25 26 27 28 29
                  (v128.const i32x4 0 0 0 0) (local.get $low))))
                (local.set $high (i16x8.add (local.get $high) (i8x16.shuffle 0 0 16 17 18 19 20 21 22 23 24 25 26 27 28 29
                  (v128.const i32x4 0 0 0 0) (local.get $high))))
                (local.set $low (i16x8.add (local.get $low) (i8x16.shuffle 0 0 0 0 16 17 18 19 20 21 22 23 24 25 26 27
                  (v128.const i32x4 0 0 0 0) (local.get $low))))
                (local.set $high (i16x8.add (local.get $high) (i8x16.shuffle 0 0 0 0 16 17 18 19 20 21 22 23 24 25 26 27
                  (v128.const i32x4 0 0 0 0) (local.get $high))))
                (local.set $low (i16x8.add (local.get $low) (i8x16.shuffle 0 0 0 0 0 0 0 0 16 17 18 19 20 21 22 23
                  (v128.const i32x4 0 0 0 0) (local.get $low))))
                (local.set $high (i16x8.add (local.get $high) (i8x16.shuffle 0 0 0 0 0 0 0 0 16 17 18 19 20 21 22 23
                  (v128.const i32x4 0 0 0 0) (local.get $high))))
                (local.set $low (i16x8.add (local.get $low) (i16x8.splat (local.get $value))))
                (local.set $high (i16x8.add (local.get $high) (i16x8.splat (i16x8.extract_lane_u 7 (local.get $low)))))
                ;; may write beyond the row: later values overwrite the excess
                (v128.store (local.get $out) (local.get $low))
                (v128.store offset=16 (local.get $out) (local.get $high))
                (local.set $bytes (i32.add (local.get $bytes) (local.get $count)))
                (local.set $out (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 1))))
                (local.set $left (i32.sub (local.get $left) (local.get $count)))
                (local.set $value (i32.load16_u (i32.sub (local.get $out) (i32.const 2))))
                (br $next)))

            (local.set $first (i32.load8_u (local.get $bytes)))
            (br_if $stop (i32.ge_u (local.get $first) (i32.const 0xe0)))
            (if (i32.lt_u (local.get $first) (i32.const 0xc0))
              (then
                (local.set $zigzag (i32.or
                  (i32.shl (i32.and (local.get $first) (i32.const 0x3f)) (i32.const 8))
                  (i32.load8_u offset=1 (local.get $bytes))))
                (local.set $bytes (i32.add (local.get $bytes) (i32.const 2))))
              (else
                (local.set $zigzag (i32.or
                  (i32.shl (i32.and (local.get $first) (i32.const 0x1f)) (i32.const 16))
                  (i32.or
                    (i32.shl (i32.load8_u offset=1 (local.get $bytes)) (i32.const 8))
                    (i32.load8_u offset=2 (local.get $bytes)))))
                (local.set $bytes (i32.add (local.get $bytes) (i32.const 3)))))
            (local.set $value (i32.add (local.get $value) (i32.xor
              (i32.shr_u (local.get $zigzag) (i32.const 1))
              (i32.sub (i32.const 0) (i32.and (local.get $zigzag) (i32.const 1))))))
            (i32.store16 (local.get $out) (local.get $value))
            (local.set $out (i32.add (local.get $out) (i32.const 2)))
            (local.set $left (i32.sub (local.get $left) (i32.const 1)))
            (br $next)))
        (br_if $stop (i32.gt_u (local.get $bytes) (local.get $end)))
        (local.set $rowBegin (local.get $bytes))
        (local.set $row (i32.add (local.get $row) (i32.const 1)))
        (br $nextRow)))
    (i32.store (i32.sub (local.get $rows) (i32.const 16)) (local.get $row))
    (local.get $rowBegin))

  ;; 1 for each pixel with a sample above the limit.
  (func (export "selectGain")
    (param $adc i32)         ;; u16[nPixels][nSamples]
    (param $nSamples i32)
    (param $limit i32)
    (param $nPixels i32)
    (param $selected i32)    ;; result, i8[nPixels]
    (local $limits v128) (local $above v128) (local $isAbove i32)
    (local $i i32) (local $vectorsEnd i32) (local $rowEnd i32) (local $pixelsEnd i32)

    (local.set $limits (i16x8.splat (local.get $limit)))
    (local.set $pixelsEnd (i32.add (local.get $selected) (local.get $nPixels)))
    (local.set $i (local.get $adc))
    (loop $pixels
      (local.set $rowEnd (i32.add (local.get $i) (i32.shl (local.get $nSamples) (i32.const 1))))
      (local.set $vectorsEnd (i32.sub (local.get $rowEnd) (i32.const 15)))
      (local.set $above (v128.const i32x4 0 0 0 0))
      (block $done
        (loop $vectors
          (br_if $done (i32.ge_s (local.get $i) (local.get $vectorsEnd)))
          (local.set $above (v128.or (local.get $above) (i16x8.gt_u (v128.load (local.get $i)) (local.get $limits))))
          (local.set $i (i32.add (local.get $i) (i32.const 16)))
          (br $vectors)))
      (local.set $isAbove (v128.any_true (local.get $above)))
      (block $done
        (loop $rest
          (br_if $done (i32.ge_s (local.get $i) (local.get $rowEnd)))
          (local.set $isAbove (i32.or (local.get $isAbove)
            (i32.gt_u (i32.load16_u (local.get $i)) (local.get $limit))))
          (local.set $i (i32.add (local.get $i) (i32.const 2)))
          (br $rest)))
      (i32.store8 (local.get $selected) (local.get $isAbove))
      (local.set $selected (i32.add (local.get $selected) (i32.const 1)))
      (br_if $pixels (i32.lt_s (local.get $selected) (local.get $pixelsEnd)))))

  ;; (adc - pedestal) * factor + shift for the rows whose channel is the given one.
  (func (export "calibrate")
    (param $adc i32)         ;; u16[nRows][nSamples]
    (param $nSamples i32)
    (param $nRows i32)
    (param $pedestal i32)    ;; f32[nRows]
    (param $factor i32)      ;; f32[nRows]
    (param $shift f32)
    (param $selected i32)    ;; i8[nRows]
    (param $channel i32)
    (param $waveforms i32)   ;; result, f32[nRows][nSamples]
    (local $row i32) (local $i i32) (local $rowEnd i32) (local $out i32)
    (local $pedestals v128) (local $factors v128) (local $shifts v128)

    (local.set $shifts (f32x4.splat (local.get $shift)))
    (loop $rows
      (if (i32.eq (i32.load8_s (i32.add (local.get $selected) (local.get $row))) (local.get $channel))
        (then
          (local.set $pedestals (v128.load32_splat (i32.add (local.get $pedestal) (i32.shl (local.get $row) (i32.const 2)))))
          (local.set $factors (v128.load32_splat (i32.add (local.get $factor) (i32.shl (local.get $row) (i32.const 2)))))
          (local.set $i (i32.add (local.get $adc)
            (i32.shl (i32.mul (local.get $row) (local.get $nSamples)) (i32.const 1))))
          (local.set $out (i32.add (local.get $waveforms)
            (i32.shl (i32.mul (local.get $row) (local.get $nSamples)) (i32.const 2))))
          (local.set $rowEnd (i32.sub (i32.add (local.get $i) (i32.shl (local.get $nSamples) (i32.const 1))) (i32.const 7)))
          (block $done
            (loop $vectors
              (br_if $done (i32.ge_s (local.get $i) (local.get $rowEnd)))
              (v128.store (local.get $out)
                (f32x4.add (f32x4.mul (f32x4.sub
                  (f32x4.convert_i32x4_u (v128.load16x4_u (local.get $i)))
                  (local.get $pedestals)) (local.get $factors)) (local.get $shifts)))
              (local.set $i (i32.add (local.get $i) (i32.const 8)))
              (local.set $out (i32.add (local.get $out) (i32.const 16)))
              (br $vectors)))
          (local.set $rowEnd (i32.add (local.get $rowEnd) (i32.const 7)))
          (block $done
            (loop $rest
              (br_if $done (i32.ge_s (local.get $i) (local.get $rowEnd)))
              (f32.store (local.get $out)
                (f32.add (f32.mul (f32.sub
                  (f32.convert_i32_u (i32.load16_u (local.get $i)))
                  (f32x4.extract_lane 0 (local.get $pedestals)))
                  (f32x4.extract_lane 0 (local.get $factors))) (local.get $shift)))
              (local.set $i (i32.add (local.get $i) (i32.const 2)))
              (local.set $out (i32.add (local.get $out) (i32.const 4)))
              (br $rest)))))
      (local.set $row (i32.add (local.get $row) (i32.const 1)))
      (br_if $rows (i32.lt_s (local.get $row) (local.get $nRows)))))

  ;; Peak of the sum of the waveforms of each pixel's neighbours, eight samples at a time. Each sample is summed in the
  ;; order of the neighbours.
  (func (export "neighborPeaks")
    (param $waveforms i32)   ;; f32[nPixels][nSamples]
    (param $nSamples i32)
    (param $offsets i32)     ;; i32[nPixels + 1]
    (param $indices i32)     ;; i32[]
    (param $nPixels i32)     ;; at least 1
    (param $localWeight f32)
    (param $broken i32)      ;; u8[nPixels]
    (param $rows i32)        ;; scratch, i32[largest number of neighbours of a pixel]
    (param $peaks i32)       ;; result, i32[nPixels]
    (local $rowSize i32) (local $vectorsEnd i32)
    (local $pixel i32) (local $own i32) (local $i i32)
    (local $j i32) (local $jEnd i32) (local $neighbor i32)
    (local $row i32) (local $rowsEnd i32) (local $address i32)
    (local $hasPlainSums i32) (local $lastFour i32)
    (local $row0 i32) (local $row1 i32) (local $row2 i32) (local $row3 i32) (local $row4 i32) (local $row5 i32)
    (local $weights v128) (local $sums v128) (local $sums2 v128) (local $larger v128)
    (local $numbers v128) (local $largests v128) (local $ats v128)
    (local $sum f32) (local $largest f32) (local $at i32) (local $peak i32)

    (local.set $rowSize (i32.shl (local.get $nSamples) (i32.const 2)))
    (local.set $vectorsEnd (i32.and (local.get $rowSize) (i32.const -32)))
    (local.set $weights (f32x4.splat (local.get $localWeight)))
    (local.set $lastFour (i32.sub (local.get $rowSize) (i32.const 16)))
    (local.set $hasPlainSums (i32.and
      (f32.eq (local.get $localWeight) (f32.const 0))
      (i32.ge_s (local.get $lastFour) (i32.const 0))))

    (loop $pixels
      ;; offsets of the waveforms of the neighbours that are not broken
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
      ;; Nearly all pixels of a hexagonal camera have six neighbours: unrolled for them. If the number of samples is not a
      ;; multiple of four, the last four overlap with the preceding ones.
      (if (i32.and (local.get $hasPlainSums) (i32.eq (i32.sub (local.get $rowsEnd) (local.get $rows)) (i32.const 24)))
        (then
          (local.set $row0 (i32.load offset=0 (local.get $rows)))
          (local.set $row1 (i32.load offset=4 (local.get $rows)))
          (local.set $row2 (i32.load offset=8 (local.get $rows)))
          (local.set $row3 (i32.load offset=12 (local.get $rows)))
          (local.set $row4 (i32.load offset=16 (local.get $rows)))
          (local.set $row5 (i32.load offset=20 (local.get $rows)))
          (loop $four
            (if (i32.gt_s (local.get $i) (local.get $lastFour)) (then (local.set $i (local.get $lastFour))))
            (local.set $sums (f32x4.add
              (v128.load (i32.add (local.get $row0) (local.get $i)))
              (v128.load (i32.add (local.get $row1) (local.get $i)))))
            (local.set $sums (f32x4.add (local.get $sums) (v128.load (i32.add (local.get $row2) (local.get $i)))))
            (local.set $sums (f32x4.add (local.get $sums) (v128.load (i32.add (local.get $row3) (local.get $i)))))
            (local.set $sums (f32x4.add (local.get $sums) (v128.load (i32.add (local.get $row4) (local.get $i)))))
            (local.set $sums (f32x4.add (local.get $sums) (v128.load (i32.add (local.get $row5) (local.get $i)))))
            (local.set $larger (f32x4.gt (local.get $sums) (local.get $largests)))
            (local.set $largests (v128.bitselect (local.get $sums) (local.get $largests) (local.get $larger)))
            (local.set $ats (v128.bitselect
              (i32x4.add (i32x4.splat (i32.shr_u (local.get $i) (i32.const 2))) (v128.const i32x4 0 1 2 3))
              (local.get $ats) (local.get $larger)))
            (local.set $i (i32.add (local.get $i) (i32.const 16)))
            (br_if $four (i32.lt_s (local.get $i) (local.get $rowSize))))))
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

      ;; largest of the four lanes, the earliest of equal ones
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
      ;; remaining samples
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
