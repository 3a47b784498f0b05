package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.Duty;
import io.mysqlmmm.agent.Ticker;
import io.mysqlmmm.agent.mysql.Mysql;
import io.mysqlmmm.agent.network.VipKeeper;
import io.mysqlmmm.agent.process.LeaseFile;
import io.mysqlmmm.agent.standing.Keeper;

/** What orders act on. */
public record Host(
    Mysql mysql, Keeper keeper, Duty duty, VipKeeper vips, LeaseFile leaseFile, Ticker ticker) {}
