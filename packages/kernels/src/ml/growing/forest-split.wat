;; Loops over the rows of a node of a forest, four features at a time. forest-memory.ts documents the arrays and has the implementation in
;; plain JavaScript, with results equal bit by bit. `npm run wasm` compiles this file.
(module
  (memory (import "memory" "memory") 1)

  ;; lowest[feature] and highest[feature] of the rows, and of their values before
  (func (export "findRanges")
    (param $features i32)    ;; f32[row][stride / 4]
    (param $stride i32)      ;; bytes of a row, a multiple of 16
    (param $rows i32)        ;; i32[]: row numbers of the node
    (param $nRows i32)
    (param $lowest i32)      ;; result, f32[stride / 4]
    (param $highest i32)     ;; result, f32[stride / 4]
    (local $end i32) (local $row i32) (local $offset i32) (local $at i32)
    (local $values v128)
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $nRows) (i32.const 2))))
    (block $done
      (loop $nextRow
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (local.set $row (i32.add (local.get $features) (i32.mul (i32.load (local.get $rows)) (local.get $stride))))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $offset (i32.const 0))
        (loop $nextFeatures
          (local.set $values (v128.load (i32.add (local.get $row) (local.get $offset))))
          (local.set $at (i32.add (local.get $lowest) (local.get $offset)))
          (v128.store (local.get $at) (f32x4.pmin (v128.load (local.get $at)) (local.get $values)))
          (local.set $at (i32.add (local.get $highest) (local.get $offset)))
          (v128.store (local.get $at) (f32x4.pmax (v128.load (local.get $at)) (local.get $values)))
          (local.set $offset (i32.add (local.get $offset) (i32.const 16)))
          (br_if $nextFeatures (i32.lt_u (local.get $offset) (local.get $stride))))
        (br $nextRow))))

  ;; sums[feature] += targets[row], counts[feature] += 1, and weightSums[feature] += weights[row] unless this is 0, for rows whose feature is
  ;; at most thresholds[feature]
  (func (export "sumLeft")
    (param $features i32) (param $stride i32) (param $rows i32) (param $nRows i32)
    (param $targets i32)     ;; f64[row]: weighted
    (param $weights i32)     ;; f64[row]
    (param $thresholds i32)  ;; f32[stride / 4]
    (param $sums i32)        ;; result, f64[stride / 4]
    (param $counts i32)      ;; result, i32[stride / 4]
    (param $weightSums i32)  ;; result, f64[stride / 4]; 0: none
    (local $end i32) (local $number i32) (local $row i32) (local $offset i32) (local $at i32)
    (local $isLeft v128) (local $low v128) (local $high v128) (local $target v128) (local $weight v128)
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $nRows) (i32.const 2))))
    (block $done
      (loop $nextRow
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (local.set $number (i32.load (local.get $rows)))
        (local.set $row (i32.add (local.get $features) (i32.mul (local.get $number) (local.get $stride))))
        (local.set $number (i32.shl (local.get $number) (i32.const 3)))
        (local.set $target (v128.load64_splat (i32.add (local.get $targets) (local.get $number))))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $offset (i32.const 0))
        (loop $nextFeatures
          (local.set $isLeft
            (f32x4.le
              (v128.load (i32.add (local.get $row) (local.get $offset)))
              (v128.load (i32.add (local.get $thresholds) (local.get $offset)))))
          (local.set $at (i32.add (local.get $counts) (local.get $offset)))
          (v128.store (local.get $at) (i32x4.sub (v128.load (local.get $at)) (local.get $isLeft)))
          (local.set $low (i64x2.extend_low_i32x4_s (local.get $isLeft)))
          (local.set $high (i64x2.extend_high_i32x4_s (local.get $isLeft)))
          (local.set $at (i32.add (local.get $sums) (i32.shl (local.get $offset) (i32.const 1))))
          (v128.store (local.get $at)
            (f64x2.add (v128.load (local.get $at)) (v128.and (local.get $low) (local.get $target))))
          (v128.store offset=16 (local.get $at)
            (f64x2.add (v128.load offset=16 (local.get $at)) (v128.and (local.get $high) (local.get $target))))
          (if (local.get $weightSums)
            (then
              (local.set $weight (v128.load64_splat (i32.add (local.get $weights) (local.get $number))))
              (local.set $at (i32.add (local.get $weightSums) (i32.shl (local.get $offset) (i32.const 1))))
              (v128.store (local.get $at)
                (f64x2.add (v128.load (local.get $at)) (v128.and (local.get $low) (local.get $weight))))
              (v128.store offset=16 (local.get $at)
                (f64x2.add (v128.load offset=16 (local.get $at)) (v128.and (local.get $high) (local.get $weight))))))
          (local.set $offset (i32.add (local.get $offset) (i32.const 16)))
          (br_if $nextFeatures (i32.lt_u (local.get $offset) (local.get $stride))))
        (br $nextRow)))))
