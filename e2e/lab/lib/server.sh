# A node's own MySQL, as a package puts it there: the server below a root of its own (this machine has the libraries of
# another Debian), an option file, data in /var/lib/mysql, a unit, and a systemd that runs it. That is a user's instance,
# for the machine has one of its own or none; it runs system units like this one, as other users, all the same.
# shellcheck shell=bash

readonly server_user=127 server_group=133 # not the 999 of images
readonly server_root=/run/mysql-server

# Like enter_node, and with what systemd and systemctl need to find their places.
enter_manager() {
  enter_node "$1"
  entry+=(env XDG_RUNTIME_DIR=/run/user/0 SYSTEMD_UNIT_PATH=/run/mysql-units:)
}

install_server() {
  local n=$1 dir path entry=()
  dir=$(node_dir "$n")
  enter_manager "$n"
  if ! "${entry[@]}" mountpoint -q "$server_root"; then
    mkdir -p "$dir"/server/{upper/etc/mysql,work} "$dir/run/mysql-server" "$dir/run/user/0" "$dir/run/systemd/system" \
      "$dir/run/mysql-units" "$dir/run/mysql-mmm" "$dir/var/lib/mysql" "$dir/var/lib/mysql-mmm"
    chown "$server_user:$server_group" "$dir/var/lib/mysql"
    add_account "$dir/server" passwd "mysql:x:$server_user:$server_group::/nonexistent:/bin/false"
    add_account "$dir/server" group "mysql:x:$server_group:"
    own_option_file >"$dir/server/upper/etc/mysql/my.cnf"
    own_unit >"$dir/run/mysql-units/mysql.service"
    printf '[Unit]\nDescription=What this node runs\n' >"$dir/run/mysql-units/default.target"
    "${entry[@]}" mount -t overlay overlay -o "lowerdir=$mysql_root,upperdir=$dir/server/upper,workdir=$dir/server/work" \
      "$server_root"
    for path in etc/passwd etc/group var/lib/mysql run/mysql-mmm; do
      [ -f "/$path" ] || mkdir -p "$dir/server/upper/$path"
      "${entry[@]}" mount --bind "/$path" "$server_root/$path"
    done
    mkdir -p "$dir/server/upper/var/lib/mysql-mmm"
  fi
  # The node's data may be on another file system since: tests mount one of limited size.
  while "${entry[@]}" mountpoint -q "$server_root/var/lib/mysql-mmm"; do
    "${entry[@]}" umount "$server_root/var/lib/mysql-mmm"
  done
  "${entry[@]}" mount --bind /var/lib/mysql-mmm "$server_root/var/lib/mysql-mmm"
  is_running "manager$n" || run_manager "$n"
  wait_until 10 "systemd on $(node_name "$n")" "${entry[@]}" systemctl --user show --property=Version
}

# The node has the machine's /etc, and an account of its own in it. Usage: add_account DIRECTORY FILE LINE
add_account() {
  { grep -v '^mysql:' "/etc/$2" && echo "$3"; } >"$1/$2"
  "${entry[@]}" mount --bind "$1/$2" "/etc/$2"
}

# In the control groups of its node, so that its processes are counted with the node's, and end with it.
run_manager() {
  local group groups= entry=()
  for group in $(node_cgroups "$1"); do
    case $group in
      "$cgroup_root/lab-"*) group+=/services ;; # in version 2 the kubelet's own group can have no process
      */systemd/* | */unified/*) ;;
      *) continue ;;
    esac
    mkdir -p "$group"
    groups+=" $group/cgroup.procs"
  done
  enter_manager "$1"
  spawn "manager$1" "${entry[@]}" sh -c "echo \$\$ | tee $groups && exec /lib/systemd/systemd --user --unit=default.target"
}

own_option_file() {
  cat <<'CNF'
[mysqld]
datadir = /var/lib/mysql
socket = /var/lib/mysql/mysqld.sock
bind_address = 127.0.0.1
mysqlx = OFF
max_connections = 77
innodb_buffer_pool_size = 64M
CNF
}

# After Debian's mysql.service; that one has Type=notify, which mysqld cannot answer from a root of its own.
own_unit() {
  cat <<UNIT
[Unit]
Description=MySQL Community Server

[Service]
Type=simple
User=mysql
Group=mysql
ExecStartPre=/bin/sh -c '[ -d /var/lib/mysql/mysql ] || exec /usr/sbin/mysqld --initialize-insecure'
ExecStart=/usr/sbin/mysqld
TimeoutSec=infinity
Restart=on-failure
LimitNOFILE=10000
Environment=MYSQLD_PARENT_PID=1
# The lab's.
RootDirectory=$server_root
MountAPIVFS=yes
BindPaths=/run/mysql-mmm
StandardOutput=append:/var/log/mysql.log
StandardError=inherit
UNIT
}
