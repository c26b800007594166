#!/bin/bash
# Starts a Slurm of one node for tests, from unpacked packages of the distribution, and runs a command with it:
#   one-node-slurm.sh ROOT COMMAND...
# ROOT contains the packages slurmctld, slurmd, slurm-client, slurm-wlm-basic-plugins and the libraries that they need, unpacked
# by `dpkg -x`. Nothing is installed: daemons run without munge and systemd, at free ports, and end with the command.
set -u
root=$(cd "$1" && pwd)
shift
state=$(mktemp -d)
user=$(id -un)
host=$(hostname -s)
read -r ctld_port slurmd_port < <(python3 -c '
import socket
sockets = [socket.socket() for _ in range(2)]
for each in sockets: each.bind(("127.0.0.1", 0))
print(*(each.getsockname()[1] for each in sockets))')
libraries=$root/usr/lib/x86_64-linux-gnu
export LD_LIBRARY_PATH=$libraries/slurm-wlm:$libraries SLURM_CONF=$state/slurm.conf PATH=$root/usr/bin:$PATH
cat >"$SLURM_CONF" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$ctld_port
SlurmdPort=$slurmd_port
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/none
CredType=cred/none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SwitchType=switch/none
MpiDefault=none
PluginDir=$libraries/slurm-wlm
StateSaveLocation=$state/ctld
SlurmdSpoolDir=$state/slurmd
SlurmctldPidFile=$state/slurmctld.pid
SlurmdPidFile=$state/slurmd.pid
SlurmctldLogFile=$state/slurmctld.log
SlurmdLogFile=$state/slurmd.log
ReturnToService=2
SchedulerParameters=batch_sched_delay=0,sched_interval=2,sched_min_interval=100000,bf_interval=1
SchedulerTimeSlice=5
KillWait=30
MinJobAge=600
InactiveLimit=0
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=8000 State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO
CONF
mkdir -p "$state/ctld" "$state/slurmd"
"$root/usr/sbin/slurmctld-wlm" -D -c >"$state/out.ctld" 2>&1 &
ctld=$!
"$root/usr/sbin/slurmd-wlm" -D -N "$host" -d "$root/usr/sbin/slurmstepd-wlm" >"$state/out.slurmd" 2>&1 &
slurmd=$!
end() {
  scancel --user="$user" 2>/dev/null
  kill "$slurmd" "$ctld" 2>/dev/null
  wait "$slurmd" "$ctld" 2>/dev/null
  rm -rf "$state"
}
trap end EXIT
for ((i = 0; i < 60; i++)); do
  [ "$(sinfo --noheader --format=%t 2>/dev/null)" = idle ] && break
  sleep 1
done
if [ "$(sinfo --noheader --format=%t 2>/dev/null)" != idle ]; then
  echo "Slurm did not start:" >&2
  tail -n 5 "$state"/*.log "$state"/out.* >&2
  exit 70
fi
"$@"
