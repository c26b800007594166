;; The search of earlier read-outs of the cells of a chip. read-out-finder.ts contains the same in plain JavaScript, with equal results.
;; Arrays are passed as offsets into memory; that file allocates them. `npm run wasm` compiles this file.
(module
  (memory (export "memory") 1)

  ;; Finds, from the last event to earlier ones, those that have read cells of a read-out which no later one has. Returns their number.
  (func (export "find")
    (param $row i32)       ;; u16[$capacity]: first cells of the events; 65535 for none
    (param $capacity i32)  ;; a power of two, at least 8
    (param $newest i32)    ;; place of the last event
    (param $count i32)     ;; number of events
    (param $first i32)     ;; first cell of the read-out
    (param $isEven i32)    ;; whether cells of the next channel are read as well
    (param $found i32)     ;; result, i32[][3]: number of events after it, and the samples of its cells, begin and end
    (result i32)
    (local $block i32) (local $back i32) (local $lanes i32) (local $lane i32) (local $before i32) (local $toMore i32)
    (local $begin i32) (local $end i32) (local $place i32) (local $out i32) (local $nBlocks i32) (local $isMore i32)
    (local $covered i64) (local $bits i64) (local $cells v128) (local $near v128) (local $more v128) (local $even v128)
    (local.set $out (local.get $found))
    (local.set $place (i32.and (local.get $newest) (i32.const 7)))
    (local.set $block (i32.sub (local.get $newest) (local.get $place)))
    ;; the lanes up to the last event in the first block, all in the others
    (local.set $lanes (i32.sub (i32.shl (i32.const 2) (local.get $place)) (i32.const 1)))
    (local.set $nBlocks (i32.shr_u (i32.add (local.get $count) (i32.sub (i32.const 14) (local.get $place))) (i32.const 3)))
    (local.set $near (i16x8.splat (i32.sub (local.get $first) (i32.const 39))))
    (local.set $more (i16x8.splat (i32.sub (local.get $first) (i32.const 1035))))
    (local.set $even (i16x8.splat (i32.sub (i32.const 0) (local.get $isEven))))
    (block $done
      (br_if $done (i32.le_s (local.get $count) (i32.const 0)))
      (loop $blocks
        (local.set $cells (v128.load (i32.add (local.get $row) (i32.shl (local.get $block) (i32.const 1)))))
        (local.set $lanes (i32.and (local.get $lanes) (i16x8.bitmask (v128.or
          (i16x8.lt_u
            (v128.and (i16x8.sub (local.get $cells) (local.get $near)) (i16x8.splat (i32.const 4095)))
            (i16x8.splat (i32.const 79)))
          (v128.and (local.get $even) (i16x8.lt_u
            (v128.and (i16x8.sub (local.get $cells) (local.get $more)) (i16x8.splat (i32.const 4095)))
            (i16x8.splat (i32.const 51))))))))
        (block $noLane
          (loop $nextLane
            (br_if $noLane (i32.eqz (local.get $lanes)))
            (local.set $lane (i32.sub (i32.const 31) (i32.clz (local.get $lanes))))
            (local.set $lanes (i32.xor (local.get $lanes) (i32.shl (i32.const 1) (local.get $lane))))
            (local.set $lane (i32.add (local.get $block) (local.get $lane)))
            (local.set $back (i32.and
              (i32.sub (local.get $newest) (local.get $lane))
              (i32.sub (local.get $capacity) (i32.const 1))))
            (br_if $nextLane (i32.ge_u (local.get $back) (local.get $count)))
            (local.set $before (i32.load16_u (i32.add (local.get $row) (i32.shl (local.get $lane) (i32.const 1)))))
            (br_if $nextLane (i32.eq (local.get $before) (i32.const 65535)))
            ;; its own cells, then those of the next channel
            (local.set $begin (i32.sub
              (i32.and (i32.add (i32.sub (local.get $before) (local.get $first)) (i32.const 39)) (i32.const 4095))
              (i32.const 39)))
            (local.set $end (i32.add (local.get $begin) (i32.const 40)))
            (local.set $isMore (i32.const 0))
            (block $noCells
              (loop $cellsOf
                (block $next
                  (br_if $next (i32.ge_s (local.get $begin) (i32.const 40)))
                  (local.set $begin (select (local.get $begin) (i32.const 0) (i32.gt_s (local.get $begin) (i32.const 0))))
                  (local.set $end (select (local.get $end) (i32.const 40) (i32.lt_s (local.get $end) (i32.const 40))))
                  (local.set $bits (i64.shl
                    (i64.sub
                      (i64.shl (i64.const 1) (i64.extend_i32_u (i32.sub (local.get $end) (local.get $begin))))
                      (i64.const 1))
                    (i64.extend_i32_u (local.get $begin))))
                  (br_if $next (i64.eqz (i64.and (local.get $bits) (i64.xor (local.get $covered) (i64.const -1)))))
                  (local.set $covered (i64.or (local.get $covered) (local.get $bits)))
                  (i32.store (local.get $out) (local.get $back))
                  (i32.store offset=4 (local.get $out) (local.get $begin))
                  (i32.store offset=8 (local.get $out) (local.get $end))
                  (local.set $out (i32.add (local.get $out) (i32.const 12)))
                  (br_if $done (i64.eq (local.get $covered) (i64.const 0xffffffffff))))
                (br_if $noCells (i32.or (local.get $isMore) (i32.eqz (local.get $isEven))))
                (local.set $isMore (i32.const 1))
                (local.set $toMore (i32.and (local.get $before) (i32.const 1023)))
                (br_if $noCells (i32.le_u (local.get $toMore) (i32.const 767)))
                (local.set $begin (i32.sub
                  (i32.and (i32.add (i32.sub (local.get $before) (local.get $first)) (i32.const 1035)) (i32.const 4095))
                  (i32.const 11)))
                (local.set $toMore (i32.sub (i32.const 1024) (local.get $toMore)))
                (local.set $end (i32.add
                  (local.get $begin)
                  (select (local.get $toMore) (i32.const 12) (i32.lt_u (local.get $toMore) (i32.const 12)))))
                (br_if $noCells (i32.le_s (local.get $end) (i32.const 0)))
                (br $cellsOf)))
            (br $nextLane)))
        (local.set $lanes (i32.const 255))
        (local.set $block (i32.and (i32.sub (local.get $block) (i32.const 8)) (i32.sub (local.get $capacity) (i32.const 1))))
        (local.set $nBlocks (i32.sub (local.get $nBlocks) (i32.const 1)))
        (br_if $blocks (i32.gt_s (local.get $nBlocks) (i32.const 0)))))
    (i32.div_u (i32.sub (local.get $out) (local.get $found)) (i32.const 12)))
)
