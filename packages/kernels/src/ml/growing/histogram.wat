;; Loops over the rows of a node of boosted trees. histogram-memory.ts documents the arrays and has the implementation in plain JavaScript,
;; with results equal bit by bit. `npm run wasm` compiles this file.
;;
;; Histograms are filled for four features in one pass: their sums, 16 kB, stay in the first cache.
;;   bins0   u8[feature][row], at the first feature
;;   stride  between features of the bins, bytes
;;   pairs   f64[row][2]: gradient and hessian
;;   rows    i32[nRows]: row numbers of the node
;;   sums    result, f64[feature][256][2], at the first feature
;;   counts  result, i32[feature][256], at the first feature
(module
  (memory (import "memory" "memory") 1 32768 shared)

  ;; sums[feature][bin] += pairs[row], for four features
  (func (export "addRows4")
    (param $bins0 i32) (param $stride i32) (param $pairs i32) (param $rows i32) (param $nRows i32) (param $sums i32)
    (local $end i32) (local $row i32) (local $bin i32) (local $at i32) (local $bins1 i32) (local $bins2 i32) (local $bins3 i32)
    (local $pair v128)
    (local.set $bins1 (i32.add (local.get $bins0) (local.get $stride)))
    (local.set $bins2 (i32.add (local.get $bins1) (local.get $stride)))
    (local.set $bins3 (i32.add (local.get $bins2) (local.get $stride)))
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $nRows) (i32.const 2))))
    (block $done
      (loop $nextRow
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (local.set $row (i32.load (local.get $rows)))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $pair (v128.load (i32.add (local.get $pairs) (i32.shl (local.get $row) (i32.const 4)))))
        (local.set $bin (i32.load8_u (i32.add (local.get $row) (local.get $bins0))))
        (local.set $at (i32.add (local.get $sums) (i32.shl (local.get $bin) (i32.const 4))))
        (v128.store offset=0 (local.get $at) (f64x2.add (v128.load offset=0 (local.get $at)) (local.get $pair)))
        (local.set $bin (i32.load8_u (i32.add (local.get $row) (local.get $bins1))))
        (local.set $at (i32.add (local.get $sums) (i32.shl (local.get $bin) (i32.const 4))))
        (v128.store offset=4096 (local.get $at) (f64x2.add (v128.load offset=4096 (local.get $at)) (local.get $pair)))
        (local.set $bin (i32.load8_u (i32.add (local.get $row) (local.get $bins2))))
        (local.set $at (i32.add (local.get $sums) (i32.shl (local.get $bin) (i32.const 4))))
        (v128.store offset=8192 (local.get $at) (f64x2.add (v128.load offset=8192 (local.get $at)) (local.get $pair)))
        (local.set $bin (i32.load8_u (i32.add (local.get $row) (local.get $bins3))))
        (local.set $at (i32.add (local.get $sums) (i32.shl (local.get $bin) (i32.const 4))))
        (v128.store offset=12288 (local.get $at) (f64x2.add (v128.load offset=12288 (local.get $at)) (local.get $pair)))
        (br $nextRow))))

  ;; the same for one feature
  (func (export "addRows1")
    (param $bins0 i32) (param $stride i32) (param $pairs i32) (param $rows i32) (param $nRows i32) (param $sums i32)
    (local $end i32) (local $row i32) (local $bin i32) (local $at i32)
    (local $pair v128)
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $nRows) (i32.const 2))))
    (block $done
      (loop $nextRow
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (local.set $row (i32.load (local.get $rows)))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $pair (v128.load (i32.add (local.get $pairs) (i32.shl (local.get $row) (i32.const 4)))))
        (local.set $bin (i32.load8_u (i32.add (local.get $row) (local.get $bins0))))
        (local.set $at (i32.add (local.get $sums) (i32.shl (local.get $bin) (i32.const 4))))
        (v128.store offset=0 (local.get $at) (f64x2.add (v128.load offset=0 (local.get $at)) (local.get $pair)))
        (br $nextRow))))

  ;; sums[feature][bin] += pairs[row] and counts[feature][bin] += 1, for four features
  (func (export "countRows4")
    (param $bins0 i32) (param $stride i32) (param $pairs i32) (param $rows i32) (param $nRows i32) (param $sums i32) (param $counts i32)
    (local $end i32) (local $row i32) (local $bin i32) (local $at i32) (local $bins1 i32) (local $bins2 i32) (local $bins3 i32)
    (local $pair v128)
    (local.set $bins1 (i32.add (local.get $bins0) (local.get $stride)))
    (local.set $bins2 (i32.add (local.get $bins1) (local.get $stride)))
    (local.set $bins3 (i32.add (local.get $bins2) (local.get $stride)))
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $nRows) (i32.const 2))))
    (block $done
      (loop $nextRow
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (local.set $row (i32.load (local.get $rows)))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $pair (v128.load (i32.add (local.get $pairs) (i32.shl (local.get $row) (i32.const 4)))))
        (local.set $bin (i32.load8_u (i32.add (local.get $row) (local.get $bins0))))
        (local.set $at (i32.add (local.get $sums) (i32.shl (local.get $bin) (i32.const 4))))
        (v128.store offset=0 (local.get $at) (f64x2.add (v128.load offset=0 (local.get $at)) (local.get $pair)))
        (local.set $at (i32.add (local.get $counts) (i32.shl (local.get $bin) (i32.const 2))))
        (i32.store offset=0 (local.get $at) (i32.add (i32.load offset=0 (local.get $at)) (i32.const 1)))
        (local.set $bin (i32.load8_u (i32.add (local.get $row) (local.get $bins1))))
        (local.set $at (i32.add (local.get $sums) (i32.shl (local.get $bin) (i32.const 4))))
        (v128.store offset=4096 (local.get $at) (f64x2.add (v128.load offset=4096 (local.get $at)) (local.get $pair)))
        (local.set $at (i32.add (local.get $counts) (i32.shl (local.get $bin) (i32.const 2))))
        (i32.store offset=1024 (local.get $at) (i32.add (i32.load offset=1024 (local.get $at)) (i32.const 1)))
        (local.set $bin (i32.load8_u (i32.add (local.get $row) (local.get $bins2))))
        (local.set $at (i32.add (local.get $sums) (i32.shl (local.get $bin) (i32.const 4))))
        (v128.store offset=8192 (local.get $at) (f64x2.add (v128.load offset=8192 (local.get $at)) (local.get $pair)))
        (local.set $at (i32.add (local.get $counts) (i32.shl (local.get $bin) (i32.const 2))))
        (i32.store offset=2048 (local.get $at) (i32.add (i32.load offset=2048 (local.get $at)) (i32.const 1)))
        (local.set $bin (i32.load8_u (i32.add (local.get $row) (local.get $bins3))))
        (local.set $at (i32.add (local.get $sums) (i32.shl (local.get $bin) (i32.const 4))))
        (v128.store offset=12288 (local.get $at) (f64x2.add (v128.load offset=12288 (local.get $at)) (local.get $pair)))
        (local.set $at (i32.add (local.get $counts) (i32.shl (local.get $bin) (i32.const 2))))
        (i32.store offset=3072 (local.get $at) (i32.add (i32.load offset=3072 (local.get $at)) (i32.const 1)))
        (br $nextRow))))

  ;; the same for one feature
  (func (export "countRows1")
    (param $bins0 i32) (param $stride i32) (param $pairs i32) (param $rows i32) (param $nRows i32) (param $sums i32) (param $counts i32)
    (local $end i32) (local $row i32) (local $bin i32) (local $at i32)
    (local $pair v128)
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $nRows) (i32.const 2))))
    (block $done
      (loop $nextRow
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (local.set $row (i32.load (local.get $rows)))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $pair (v128.load (i32.add (local.get $pairs) (i32.shl (local.get $row) (i32.const 4)))))
        (local.set $bin (i32.load8_u (i32.add (local.get $row) (local.get $bins0))))
        (local.set $at (i32.add (local.get $sums) (i32.shl (local.get $bin) (i32.const 4))))
        (v128.store offset=0 (local.get $at) (f64x2.add (v128.load offset=0 (local.get $at)) (local.get $pair)))
        (local.set $at (i32.add (local.get $counts) (i32.shl (local.get $bin) (i32.const 2))))
        (i32.store offset=0 (local.get $at) (i32.add (i32.load offset=0 (local.get $at)) (i32.const 1)))
        (br $nextRow))))

  ;; Moves the rows of a node whose bin is at most a limit before the others, without changing their order. Each row is written to both
  ;; sides and kept on one, since branches would often be predicted wrongly.
  (func (export "partition")
    (param $bins i32)        ;; u8[row], of the feature
    (param $limit i32)
    (param $rows i32)        ;; i32[nRows]: row numbers of the node; the first ones are replaced
    (param $nRows i32)
    (param $aside i32)       ;; result, i32[nRows]: the other rows
    (result i32)             ;; number of rows whose bin is at most the limit
    (local $from i32) (local $end i32) (local $left i32) (local $row i32) (local $step i32)
    (local.set $from (local.get $rows))
    (local.set $left (local.get $rows))
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $nRows) (i32.const 2))))
    (block $done
      (loop $nextRow
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (local.set $row (i32.load (local.get $from)))
        (local.set $from (i32.add (local.get $from) (i32.const 4)))
        (i32.store (local.get $left) (local.get $row))
        (i32.store (local.get $aside) (local.get $row))
        (local.set $step
          (i32.shl
            (i32.le_u (i32.load8_u (i32.add (local.get $bins) (local.get $row))) (local.get $limit))
            (i32.const 2)))
        (local.set $left (i32.add (local.get $left) (local.get $step)))
        (local.set $aside (i32.add (local.get $aside) (i32.sub (i32.const 4) (local.get $step))))
        (br $nextRow)))
    (i32.shr_u (i32.sub (local.get $left) (local.get $rows)) (i32.const 2))))
