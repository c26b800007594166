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
                  (f32x4.convert_i32x4_s (v128.load16x4_u (local.get $i)))
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

  ;; Decodes rows as decodeRows does, marks those with a sample above the limit, and calibrates them, without storing the
  ;; samples in between. Stores the number of rows at $scratch + 64.
  (func (export "calibrateHighGain")
    (param $bytes i32)       ;; u8[], readable up to 16 bytes beyond the end
    (param $end i32)
    (param $nSamples i32)
    (param $limit i32)
    (param $nRows i32)
    (param $pedestal i32)    ;; f32[nRows]
    (param $factor i32)      ;; f32[nRows]
    (param $shift f32)
    (param $scratch i32)     ;; 68 bytes
    (param $selected i32)    ;; result, i8[nRows]
    (param $waveforms i32)   ;; result, f32[nRows][nSamples]
    (result i32)             ;; offset of the first row that is not decoded
    (local $row i32) (local $rowBegin i32) (local $left i32) (local $count i32)
    (local $value i32) (local $first i32) (local $zigzag i32) (local $isAbove i32)
    (local $out i32) (local $lastVectors i32) (local $target i32) (local $i i32)
    (local $packed v128) (local $low v128) (local $high v128) (local $above v128) (local $limits v128)
    (local $pedestals v128) (local $factors v128) (local $shifts v128)

    (local.set $limits (i16x8.splat (local.get $limit)))
    (local.set $shifts (f32x4.splat (local.get $shift)))
    (local.set $rowBegin (local.get $bytes))
    (local.set $out (local.get $waveforms))
    (local.set $lastVectors (i32.sub
      (i32.add (local.get $waveforms) (i32.shl (i32.mul (local.get $nRows) (local.get $nSamples)) (i32.const 2)))
      (i32.const 64)))
    (block $stop
      (loop $nextRow
        (br_if $stop (i32.ge_s (local.get $row) (local.get $nRows)))
        (local.set $pedestals (v128.load32_splat (i32.add (local.get $pedestal) (i32.shl (local.get $row) (i32.const 2)))))
        (local.set $factors (v128.load32_splat (i32.add (local.get $factor) (i32.shl (local.get $row) (i32.const 2)))))
        (local.set $value (i32.const 0))
        (local.set $isAbove (i32.const 0))
        (local.set $above (v128.const i32x4 0 0 0 0))
        (local.set $left (local.get $nSamples))
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
                ;; running sums, as in decodeRows
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
                (if (i32.eq (local.get $count) (i32.const 16))
                  (then
                    (local.set $above (v128.or (local.get $above) (v128.or
                      (i16x8.sub_sat_u (local.get $low) (local.get $limits))
                      (i16x8.sub_sat_u (local.get $high) (local.get $limits)))))
                    (local.set $value (i16x8.extract_lane_u 7 (local.get $high))))
                  (else
                    (local.set $isAbove (i32.or (local.get $isAbove) (i32.and
                      (i8x16.bitmask (i8x16.narrow_i16x8_s
                        (i16x8.gt_u (local.get $low) (local.get $limits))
                        (i16x8.gt_u (local.get $high) (local.get $limits))))
                      (i32.sub (i32.shl (i32.const 1) (local.get $count)) (i32.const 1)))))
                    (v128.store (local.get $scratch) (local.get $low))
                    (v128.store offset=16 (local.get $scratch) (local.get $high))
                    (local.set $value (i32.load16_u
                      (i32.add (local.get $scratch) (i32.shl (i32.sub (local.get $count) (i32.const 1)) (i32.const 1)))))))
                ;; may write beyond the row, whose excess later values overwrite, but not beyond the last row
                (local.set $target (select (local.get $scratch) (local.get $out)
                  (i32.gt_s (local.get $out) (local.get $lastVectors))))
                (v128.store (local.get $target) (f32x4.add (f32x4.mul (f32x4.sub
                  (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_u (local.get $low)))
                  (local.get $pedestals)) (local.get $factors)) (local.get $shifts)))
                (v128.store offset=16 (local.get $target) (f32x4.add (f32x4.mul (f32x4.sub
                  (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_u (local.get $low)))
                  (local.get $pedestals)) (local.get $factors)) (local.get $shifts)))
                (v128.store offset=32 (local.get $target) (f32x4.add (f32x4.mul (f32x4.sub
                  (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_u (local.get $high)))
                  (local.get $pedestals)) (local.get $factors)) (local.get $shifts)))
                (v128.store offset=48 (local.get $target) (f32x4.add (f32x4.mul (f32x4.sub
                  (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_u (local.get $high)))
                  (local.get $pedestals)) (local.get $factors)) (local.get $shifts)))
                (if (i32.eq (local.get $target) (local.get $scratch))
                  (then
                    (local.set $i (i32.const 0))
                    (loop $copy
                      (i32.store (i32.add (local.get $out) (i32.shl (local.get $i) (i32.const 2)))
                        (i32.load (i32.add (local.get $scratch) (i32.shl (local.get $i) (i32.const 2)))))
                      (local.set $i (i32.add (local.get $i) (i32.const 1)))
                      (br_if $copy (i32.lt_s (local.get $i) (local.get $count))))))
                (local.set $bytes (i32.add (local.get $bytes) (local.get $count)))
                (local.set $out (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 2))))
                (local.set $left (i32.sub (local.get $left) (local.get $count)))
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
            (local.set $value (i32.and (i32.const 0xffff) (i32.add (local.get $value) (i32.xor
              (i32.shr_u (local.get $zigzag) (i32.const 1))
              (i32.sub (i32.const 0) (i32.and (local.get $zigzag) (i32.const 1)))))))
            (local.set $isAbove (i32.or (local.get $isAbove) (i32.gt_u (local.get $value) (local.get $limit))))
            (f32.store (local.get $out) (f32.add (f32.mul (f32.sub
              (f32.convert_i32_s (local.get $value))
              (f32x4.extract_lane 0 (local.get $pedestals)))
              (f32x4.extract_lane 0 (local.get $factors))) (local.get $shift)))
            (local.set $out (i32.add (local.get $out) (i32.const 4)))
            (local.set $left (i32.sub (local.get $left) (i32.const 1)))
            (br $next)))
        (br_if $stop (i32.gt_u (local.get $bytes) (local.get $end)))
        (i32.store8 (i32.add (local.get $selected) (local.get $row))
          (i32.or (v128.any_true (local.get $above)) (i32.ne (local.get $isAbove) (i32.const 0))))
        (local.set $rowBegin (local.get $bytes))
        (local.set $row (i32.add (local.get $row) (i32.const 1)))
        (br $nextRow)))
    (i32.store offset=64 (local.get $scratch) (local.get $row))
    (local.get $rowBegin))

  ;; Peak of the sum of the waveforms of each pixel's neighbours. Each sample is summed in the order of the neighbours. Two
  ;; running maxima, of alternating vectors, do not wait for each other.
  (func (export "neighborPeaks")
    (param $waveforms i32)   ;; f32[nPixels][nSamples]
    (param $nSamples i32)
    (param $offsets i32)     ;; i32[nPixels + 1]
    (param $indices i32)     ;; i32[]
    (param $nPixels i32)     ;; at least 1
    (param $localWeight f32)
    (param $broken i32)      ;; u8[nPixels]; 0 for none
    (param $rows i32)        ;; scratch, i32[largest number of neighbours of a pixel]
    (param $peaks i32)       ;; result, i32[nPixels]
    (local $rowSize i32) (local $lastFour i32) (local $blocksEnd i32) (local $pairsEnd i32)
    (local $pixel i32) (local $own i32) (local $i i32)
    (local $j i32) (local $jEnd i32) (local $neighbor i32)
    (local $row i32) (local $rowsEnd i32) (local $address i32) (local $isPlain i32)
    (local $row0 i32) (local $row1 i32) (local $row2 i32) (local $row3 i32) (local $row4 i32) (local $row5 i32)
    (local $weights v128) (local $sums v128) (local $sums2 v128) (local $sums3 v128) (local $sums4 v128)
    (local $numbers v128) (local $larger v128)
    (local $largests v128) (local $ats v128) (local $largests2 v128) (local $ats2 v128)
    (local $sum f32) (local $largest f32) (local $peak i32)

    (local.set $rowSize (i32.shl (local.get $nSamples) (i32.const 2)))
    (local.set $lastFour (i32.sub (local.get $rowSize) (i32.const 16)))
    (local.set $pairsEnd (i32.and (local.get $rowSize) (i32.const -32)))
    (local.set $blocksEnd (i32.and (local.get $rowSize) (i32.const -64)))
    (local.set $weights (f32x4.splat (local.get $localWeight)))
    (local.set $isPlain (i32.and
      (i32.and (f32.eq (local.get $localWeight) (f32.const 0)) (i32.eqz (local.get $broken)))
      (i32.ge_s (local.get $lastFour) (i32.const 0))))

    (loop $pixels
      (local.set $j (i32.load (i32.add (local.get $offsets) (i32.shl (local.get $pixel) (i32.const 2)))))
      (local.set $jEnd (i32.load offset=4 (i32.add (local.get $offsets) (i32.shl (local.get $pixel) (i32.const 2)))))
      (local.set $largests (f32x4.splat (f32.const -inf)))
      (local.set $largests2 (local.get $largests))
      (local.set $ats (v128.const i32x4 0 0 0 0))
      (local.set $ats2 (local.get $ats))
      (local.set $numbers (v128.const i32x4 0 1 2 3))
      (local.set $i (i32.const 0))
      (block $summed
        ;; Nearly all pixels of a hexagonal camera have six neighbours: unrolled for them.
        (if (i32.and (local.get $isPlain) (i32.eq (i32.sub (local.get $jEnd) (local.get $j)) (i32.const 6)))
          (then
            (local.set $address (i32.add (local.get $indices) (i32.shl (local.get $j) (i32.const 2))))
            (local.set $row0 (i32.add (local.get $waveforms) (i32.mul (i32.load offset=0 (local.get $address)) (local.get $rowSize))))
            (local.set $row1 (i32.add (local.get $waveforms) (i32.mul (i32.load offset=4 (local.get $address)) (local.get $rowSize))))
            (local.set $row2 (i32.add (local.get $waveforms) (i32.mul (i32.load offset=8 (local.get $address)) (local.get $rowSize))))
            (local.set $row3 (i32.add (local.get $waveforms) (i32.mul (i32.load offset=12 (local.get $address)) (local.get $rowSize))))
            (local.set $row4 (i32.add (local.get $waveforms) (i32.mul (i32.load offset=16 (local.get $address)) (local.get $rowSize))))
            (local.set $row5 (i32.add (local.get $waveforms) (i32.mul (i32.load offset=20 (local.get $address)) (local.get $rowSize))))
            (block $done
              (loop $pairs
                (br_if $done (i32.ge_s (local.get $i) (local.get $pairsEnd)))
                (local.set $sums (f32x4.add
                  (v128.load (i32.add (local.get $row0) (local.get $i)))
                  (v128.load (i32.add (local.get $row1) (local.get $i)))))
                (local.set $sums2 (f32x4.add
                  (v128.load offset=16 (i32.add (local.get $row0) (local.get $i)))
                  (v128.load offset=16 (i32.add (local.get $row1) (local.get $i)))))
                (local.set $sums (f32x4.add (local.get $sums) (v128.load (i32.add (local.get $row2) (local.get $i)))))
                (local.set $sums2 (f32x4.add (local.get $sums2) (v128.load offset=16 (i32.add (local.get $row2) (local.get $i)))))
                (local.set $sums (f32x4.add (local.get $sums) (v128.load (i32.add (local.get $row3) (local.get $i)))))
                (local.set $sums2 (f32x4.add (local.get $sums2) (v128.load offset=16 (i32.add (local.get $row3) (local.get $i)))))
                (local.set $sums (f32x4.add (local.get $sums) (v128.load (i32.add (local.get $row4) (local.get $i)))))
                (local.set $sums2 (f32x4.add (local.get $sums2) (v128.load offset=16 (i32.add (local.get $row4) (local.get $i)))))
                (local.set $sums (f32x4.add (local.get $sums) (v128.load (i32.add (local.get $row5) (local.get $i)))))
                (local.set $sums2 (f32x4.add (local.get $sums2) (v128.load offset=16 (i32.add (local.get $row5) (local.get $i)))))
                (local.set $ats (v128.bitselect (local.get $numbers) (local.get $ats) (f32x4.gt (local.get $sums) (local.get $largests))))
                (local.set $largests (f32x4.pmax (local.get $largests) (local.get $sums)))
                (local.set $numbers (i32x4.add (local.get $numbers) (v128.const i32x4 4 4 4 4)))
                (local.set $ats2 (v128.bitselect (local.get $numbers) (local.get $ats2) (f32x4.gt (local.get $sums2) (local.get $largests2))))
                (local.set $largests2 (f32x4.pmax (local.get $largests2) (local.get $sums2)))
                (local.set $numbers (i32x4.add (local.get $numbers) (v128.const i32x4 4 4 4 4)))
                (local.set $i (i32.add (local.get $i) (i32.const 32)))
                (br $pairs)))
            ;; the last ones, if necessary overlapping with the preceding ones
            (block $done
              (loop $four
                (br_if $done (i32.ge_s (local.get $i) (local.get $rowSize)))
                (if (i32.gt_s (local.get $i) (local.get $lastFour)) (then (local.set $i (local.get $lastFour))))
                (local.set $sums (f32x4.add
                  (v128.load (i32.add (local.get $row0) (local.get $i)))
                  (v128.load (i32.add (local.get $row1) (local.get $i)))))
                (local.set $sums (f32x4.add (local.get $sums) (v128.load (i32.add (local.get $row2) (local.get $i)))))
                (local.set $sums (f32x4.add (local.get $sums) (v128.load (i32.add (local.get $row3) (local.get $i)))))
                (local.set $sums (f32x4.add (local.get $sums) (v128.load (i32.add (local.get $row4) (local.get $i)))))
                (local.set $sums (f32x4.add (local.get $sums) (v128.load (i32.add (local.get $row5) (local.get $i)))))
                (local.set $ats (v128.bitselect
                  (i32x4.add (i32x4.splat (i32.shr_u (local.get $i) (i32.const 2))) (v128.const i32x4 0 1 2 3))
                  (local.get $ats) (f32x4.gt (local.get $sums) (local.get $largests))))
                (local.set $largests (f32x4.pmax (local.get $largests) (local.get $sums)))
                (local.set $i (i32.add (local.get $i) (i32.const 16)))
                (br $four)))
            (br $summed)))

        ;; offsets of the waveforms of the neighbours that are not broken
        (local.set $rowsEnd (local.get $rows))
        (block $gathered
          (loop $gather
            (br_if $gathered (i32.ge_s (local.get $j) (local.get $jEnd)))
            (local.set $neighbor (i32.load (i32.add (local.get $indices) (i32.shl (local.get $j) (i32.const 2)))))
            (local.set $j (i32.add (local.get $j) (i32.const 1)))
            (if (local.get $broken)
              (then (br_if $gather (i32.load8_u (i32.add (local.get $broken) (local.get $neighbor))))))
            (i32.store (local.get $rowsEnd)
              (i32.add (local.get $waveforms) (i32.mul (local.get $neighbor) (local.get $rowSize))))
            (local.set $rowsEnd (i32.add (local.get $rowsEnd) (i32.const 4)))
            (br $gather)))
        (local.set $own (i32.add (local.get $waveforms) (i32.mul (local.get $pixel) (local.get $rowSize))))

        ;; sixteen samples at a time
        (block $done
          (loop $blocks
            (br_if $done (i32.ge_s (local.get $i) (local.get $blocksEnd)))
            (local.set $sums (v128.const f32x4 0 0 0 0))
            (local.set $sums2 (v128.const f32x4 0 0 0 0))
            (local.set $sums3 (v128.const f32x4 0 0 0 0))
            (local.set $sums4 (v128.const f32x4 0 0 0 0))
            (if (f32.ne (local.get $localWeight) (f32.const 0))
              (then
                (local.set $address (i32.add (local.get $own) (local.get $i)))
                (local.set $sums (f32x4.mul (v128.load (local.get $address)) (local.get $weights)))
                (local.set $sums2 (f32x4.mul (v128.load offset=16 (local.get $address)) (local.get $weights)))
                (local.set $sums3 (f32x4.mul (v128.load offset=32 (local.get $address)) (local.get $weights)))
                (local.set $sums4 (f32x4.mul (v128.load offset=48 (local.get $address)) (local.get $weights)))))
            (local.set $row (local.get $rows))
            (block $added
              (loop $add
                (br_if $added (i32.ge_s (local.get $row) (local.get $rowsEnd)))
                (local.set $address (i32.add (i32.load (local.get $row)) (local.get $i)))
                (local.set $sums (f32x4.add (local.get $sums) (v128.load (local.get $address))))
                (local.set $sums2 (f32x4.add (local.get $sums2) (v128.load offset=16 (local.get $address))))
                (local.set $sums3 (f32x4.add (local.get $sums3) (v128.load offset=32 (local.get $address))))
                (local.set $sums4 (f32x4.add (local.get $sums4) (v128.load offset=48 (local.get $address))))
                (local.set $row (i32.add (local.get $row) (i32.const 4)))
                (br $add)))
            (local.set $ats (v128.bitselect (local.get $numbers) (local.get $ats) (f32x4.gt (local.get $sums) (local.get $largests))))
            (local.set $largests (f32x4.pmax (local.get $largests) (local.get $sums)))
            (local.set $numbers (i32x4.add (local.get $numbers) (v128.const i32x4 4 4 4 4)))
            (local.set $ats2 (v128.bitselect (local.get $numbers) (local.get $ats2) (f32x4.gt (local.get $sums2) (local.get $largests2))))
            (local.set $largests2 (f32x4.pmax (local.get $largests2) (local.get $sums2)))
            (local.set $numbers (i32x4.add (local.get $numbers) (v128.const i32x4 4 4 4 4)))
            (local.set $ats (v128.bitselect (local.get $numbers) (local.get $ats) (f32x4.gt (local.get $sums3) (local.get $largests))))
            (local.set $largests (f32x4.pmax (local.get $largests) (local.get $sums3)))
            (local.set $numbers (i32x4.add (local.get $numbers) (v128.const i32x4 4 4 4 4)))
            (local.set $ats2 (v128.bitselect (local.get $numbers) (local.get $ats2) (f32x4.gt (local.get $sums4) (local.get $largests2))))
            (local.set $largests2 (f32x4.pmax (local.get $largests2) (local.get $sums4)))
            (local.set $numbers (i32x4.add (local.get $numbers) (v128.const i32x4 4 4 4 4)))
            (local.set $i (i32.add (local.get $i) (i32.const 64)))
            (br $blocks)))
        ;; the last ones, four at a time, if necessary overlapping with the preceding ones
        (br_if $summed (i32.lt_s (local.get $lastFour) (i32.const 0)))
        (block $done
          (loop $four
            (br_if $done (i32.ge_s (local.get $i) (local.get $rowSize)))
            (if (i32.gt_s (local.get $i) (local.get $lastFour)) (then (local.set $i (local.get $lastFour))))
            (local.set $sums (v128.const f32x4 0 0 0 0))
            (if (f32.ne (local.get $localWeight) (f32.const 0))
              (then (local.set $sums (f32x4.mul
                (v128.load (i32.add (local.get $own) (local.get $i))) (local.get $weights)))))
            (local.set $row (local.get $rows))
            (block $added
              (loop $add
                (br_if $added (i32.ge_s (local.get $row) (local.get $rowsEnd)))
                (local.set $sums (f32x4.add (local.get $sums) (v128.load (i32.add (i32.load (local.get $row)) (local.get $i)))))
                (local.set $row (i32.add (local.get $row) (i32.const 4)))
                (br $add)))
            (local.set $ats (v128.bitselect
              (i32x4.add (i32x4.splat (i32.shr_u (local.get $i) (i32.const 2))) (v128.const i32x4 0 1 2 3))
              (local.get $ats) (f32x4.gt (local.get $sums) (local.get $largests))))
            (local.set $largests (f32x4.pmax (local.get $largests) (local.get $sums)))
            (local.set $i (i32.add (local.get $i) (i32.const 16)))
            (br $four))))

      ;; the earliest of the largest ones, without branches: which lane has it is not predictable
      (local.set $sums (f32x4.pmax (local.get $largests) (local.get $largests2)))
      (local.set $sums (f32x4.pmax (local.get $sums)
        (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $sums) (local.get $sums))))
      (local.set $sums (f32x4.pmax (local.get $sums)
        (i8x16.shuffle 4 5 6 7 0 1 2 3 12 13 14 15 8 9 10 11 (local.get $sums) (local.get $sums))))
      (local.set $ats (i32x4.min_s
        (v128.bitselect (local.get $ats) (i32x4.splat (i32.const 0x7fffffff)) (f32x4.eq (local.get $largests) (local.get $sums)))
        (v128.bitselect (local.get $ats2) (i32x4.splat (i32.const 0x7fffffff)) (f32x4.eq (local.get $largests2) (local.get $sums)))))
      (local.set $ats (i32x4.min_s (local.get $ats)
        (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $ats) (local.get $ats))))
      (local.set $ats (i32x4.min_s (local.get $ats)
        (i8x16.shuffle 4 5 6 7 0 1 2 3 12 13 14 15 8 9 10 11 (local.get $ats) (local.get $ats))))
      (local.set $peak (i32x4.extract_lane 0 (local.get $ats)))

      ;; waveforms of fewer than four samples
      (local.set $largest (f32.const -inf))
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
      (br_if $pixels (i32.lt_s (local.get $pixel) (local.get $nPixels)))))

  ;; Charge and peak time in a window around the peak of each row. The sums of a row are two lanes of a vector: that of the
  ;; samples, and that of the positive ones.
  (func (export "extractAroundPeak")
    (param $waveforms i32)   ;; f32[nRows][nSamples]
    (param $nSamples i32)
    (param $peaks i32)       ;; i32[nRows]
    (param $nRows i32)
    (param $width i32)
    (param $shift i32)
    (param $samplingRate f64)
    (param $charge i32)      ;; result, f32[nRows]
    (param $peakTime i32)    ;; result, f32[nRows]
    (local $row i32) (local $at i32) (local $first i32) (local $count i32)
    (local $begin i64) (local $endOfWindow i64) (local $endOfRow i64) (local $address i32) (local $time f64) (local $weight f64)
    (local $samples v128) (local $sums v128) (local $weighted v128) (local $numbers v128)

    (local.set $endOfRow (i64.extend_i32_s (local.get $nSamples)))
    (block $done
      (loop $rows
        (br_if $done (i32.ge_s (local.get $row) (local.get $nRows)))
        (local.set $at (i32.shl (local.get $row) (i32.const 2)))
        ;; the window, clipped to the readout
        (local.set $begin (i64.sub
          (i64.load32_s (i32.add (local.get $peaks) (local.get $at)))
          (i64.extend_i32_s (local.get $shift))))
        (local.set $endOfWindow (i64.add (local.get $begin) (i64.extend_i32_s (local.get $width))))
        (local.set $begin (select (local.get $begin) (i64.const 0) (i64.gt_s (local.get $begin) (i64.const 0))))
        (local.set $endOfWindow (select (local.get $endOfWindow) (local.get $endOfRow)
          (i64.lt_s (local.get $endOfWindow) (local.get $endOfRow))))
        (local.set $count (select
          (i32.wrap_i64 (i64.sub (local.get $endOfWindow) (local.get $begin)))
          (i32.const 0)
          (i64.gt_s (local.get $endOfWindow) (local.get $begin))))
        (local.set $first (i32.wrap_i64 (local.get $begin)))

        (local.set $sums (v128.const f64x2 0 0))
        (local.set $weighted (v128.const f64x2 0 0))
        (local.set $numbers (f64x2.splat (f64.convert_i32_s (local.get $first))))
        (local.set $address (i32.add (local.get $waveforms)
          (i32.shl (i32.add (i32.mul (local.get $row) (local.get $nSamples)) (local.get $first)) (i32.const 2))))
        (block $summed
          (loop $sum
            (br_if $summed (i32.eqz (local.get $count)))
            (local.set $samples (f64x2.pmax
              (f64x2.promote_low_f32x4 (v128.load32_splat (local.get $address)))
              (v128.const f64x2 -inf 0)))
            (local.set $sums (f64x2.add (local.get $sums) (local.get $samples)))
            (local.set $weighted (f64x2.add (local.get $weighted) (f64x2.mul (local.get $samples) (local.get $numbers))))
            (local.set $numbers (f64x2.add (local.get $numbers) (v128.const f64x2 1 1)))
            (local.set $address (i32.add (local.get $address) (i32.const 4)))
            (local.set $count (i32.sub (local.get $count) (i32.const 1)))
            (br $sum)))

        (f32.store (i32.add (local.get $charge) (local.get $at))
          (f32.demote_f64 (f64x2.extract_lane 0 (local.get $sums))))
        (local.set $weight (f64x2.extract_lane 1 (local.get $sums)))
        (local.set $time (select
          (f64.div (f64x2.extract_lane 1 (local.get $weighted)) (local.get $weight))
          (f64.convert_i32_s (i32.load (i32.add (local.get $peaks) (local.get $at))))
          (f64.gt (local.get $weight) (f64.const 0))))
        ;; ctapipe rounds the sample number to single precision before dividing by the sampling rate
        (f32.store (i32.add (local.get $peakTime) (local.get $at))
          (f32.demote_f64 (f64.div (f64.promote_f32 (f32.demote_f64 (local.get $time))) (local.get $samplingRate))))
        (local.set $row (i32.add (local.get $row) (i32.const 1)))
        (br $rows))))

  ;; Sum of single-precision values in the order of numpy, see pairwiseSum.
  (func $pairwiseSum (param $at i32) (param $count i32) (result f32)
    (local $end i32) (local $half i32) (local $sum f32) (local $low v128) (local $high v128)
    (if (i32.gt_s (local.get $count) (i32.const 128))
      (then
        (local.set $half (i32.and (i32.shr_u (local.get $count) (i32.const 1)) (i32.const -8)))
        (return (f32.add
          (call $pairwiseSum (local.get $at) (local.get $half))
          (call $pairwiseSum
            (i32.add (local.get $at) (i32.shl (local.get $half) (i32.const 2)))
            (i32.sub (local.get $count) (local.get $half)))))))
    (local.set $end (i32.add (local.get $at) (i32.shl (local.get $count) (i32.const 2))))
    (if (i32.ge_s (local.get $count) (i32.const 8))
      (then
        (local.set $low (v128.load (local.get $at)))
        (local.set $high (v128.load offset=16 (local.get $at)))
        (local.set $at (i32.add (local.get $at) (i32.const 32)))
        (block $done
          (loop $eight
            (br_if $done (i32.gt_s (i32.add (local.get $at) (i32.const 32)) (local.get $end)))
            (local.set $low (f32x4.add (local.get $low) (v128.load (local.get $at))))
            (local.set $high (f32x4.add (local.get $high) (v128.load offset=16 (local.get $at))))
            (local.set $at (i32.add (local.get $at) (i32.const 32)))
            (br $eight)))
        (local.set $sum (f32.add
          (f32.add
            (f32.add (f32x4.extract_lane 0 (local.get $low)) (f32x4.extract_lane 1 (local.get $low)))
            (f32.add (f32x4.extract_lane 2 (local.get $low)) (f32x4.extract_lane 3 (local.get $low))))
          (f32.add
            (f32.add (f32x4.extract_lane 0 (local.get $high)) (f32x4.extract_lane 1 (local.get $high)))
            (f32.add (f32x4.extract_lane 2 (local.get $high)) (f32x4.extract_lane 3 (local.get $high))))))))
    (block $done
      (loop $rest
        (br_if $done (i32.ge_s (local.get $at) (local.get $end)))
        (local.set $sum (f32.add (local.get $sum) (f32.load (local.get $at))))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $rest)))
    (local.get $sum))

  ;; Variance of the samples of each row; NaN for rows with NaN.
  (func (export "variance")
    (param $waveforms i32)   ;; f32[nRows][nSamples], readable up to 16 bytes beyond its end
    (param $nSamples i32)
    (param $nRows i32)
    (param $squares i32)     ;; scratch, f32[nSamples], writable up to 16 bytes beyond its end
    (param $variance i32)    ;; result, f32[nRows]
    (local $row i32) (local $first i32) (local $i i32) (local $rowSize i32) (local $means v128) (local $differences v128)
    (local.set $rowSize (i32.shl (local.get $nSamples) (i32.const 2)))
    (local.set $first (local.get $waveforms))
    (block $done
      (loop $rows
        (br_if $done (i32.ge_s (local.get $row) (local.get $nRows)))
        (local.set $means (f32x4.splat (f32.div
          (call $pairwiseSum (local.get $first) (local.get $nSamples))
          (f32.convert_i32_s (local.get $nSamples)))))
        (local.set $i (i32.const 0))
        (block $squared
          (loop $vectors
            (br_if $squared (i32.ge_s (local.get $i) (local.get $rowSize)))
            (local.set $differences (f32x4.sub (v128.load (i32.add (local.get $first) (local.get $i))) (local.get $means)))
            (v128.store (i32.add (local.get $squares) (local.get $i))
              (f32x4.mul (local.get $differences) (local.get $differences)))
            (local.set $i (i32.add (local.get $i) (i32.const 16)))
            (br $vectors)))
        (f32.store (i32.add (local.get $variance) (i32.shl (local.get $row) (i32.const 2)))
          (f32.div (call $pairwiseSum (local.get $squares) (local.get $nSamples)) (f32.convert_i32_s (local.get $nSamples))))
        (local.set $first (i32.add (local.get $first) (local.get $rowSize)))
        (local.set $row (i32.add (local.get $row) (i32.const 1)))
        (br $rows))))

  ;; Subtracts from each row the mean of the samples from $from to $to, of which there is at least one.
  (func (export "subtractBaseline")
    (param $waveforms i32)   ;; f32[nRows][nSamples], changed
    (param $nSamples i32)
    (param $nRows i32)
    (param $from i32)
    (param $to i32)
    (local $row i32) (local $at i32) (local $vectorsEnd i32) (local $rowEnd i32) (local $baselines v128)
    (local.set $at (local.get $waveforms))
    (block $done
      (loop $rows
        (br_if $done (i32.ge_s (local.get $row) (local.get $nRows)))
        (local.set $baselines (f32x4.splat (f32.div
          (call $pairwiseSum
            (i32.add (local.get $at) (i32.shl (local.get $from) (i32.const 2)))
            (i32.sub (local.get $to) (local.get $from)))
          (f32.convert_i32_s (i32.sub (local.get $to) (local.get $from))))))
        (local.set $rowEnd (i32.add (local.get $at) (i32.shl (local.get $nSamples) (i32.const 2))))
        (local.set $vectorsEnd (i32.sub (local.get $rowEnd) (i32.const 15)))
        (block $subtracted
          (loop $vectors
            (br_if $subtracted (i32.ge_s (local.get $at) (local.get $vectorsEnd)))
            (v128.store (local.get $at) (f32x4.sub (v128.load (local.get $at)) (local.get $baselines)))
            (local.set $at (i32.add (local.get $at) (i32.const 16)))
            (br $vectors)))
        (block $subtracted
          (loop $rest
            (br_if $subtracted (i32.ge_s (local.get $at) (local.get $rowEnd)))
            (f32.store (local.get $at)
              (f32.sub (f32.load (local.get $at)) (f32x4.extract_lane 0 (local.get $baselines))))
            (local.set $at (i32.add (local.get $at) (i32.const 4)))
            (br $rest)))
        (local.set $row (i32.add (local.get $row) (i32.const 1)))
        (br $rows)))))
