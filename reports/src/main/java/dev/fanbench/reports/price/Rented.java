package dev.fanbench.reports.price;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Paying by the hour, busy or idle: machines behind a load balancer, and their two addresses.
 *
 * @param name of what is rented
 * @param machineHours dollars an hour for all machines
 * @param balancer what stands before them
 * @param addressHour dollars an hour for one public IPv4 address, of which there are two
 * @param transfer the bytes of deliveries, all of which pass the balancer
 * @param relay the Valkey between several machines; empty for one machine, and where it has no
 *     price
 */
public record Rented(
    String name,
    double machineHours,
    Balancer balancer,
    double addressHour,
    DataTransfer transfer,
    Optional<PaidByUse.Part> relay)
    implements Billing {

  private static final int ADDRESSES = 2;
  private static final double GIGABYTE = 1e9;

  private static final int FARGATE_VCPU = 2;
  private static final int FARGATE_GIGABYTES = 4;

  /**
   * A load balancer, paid by the hour and by capacity units, of which at least one is paid.
   *
   * @param hour dollars
   * @param unitHour dollars for one unit, which carries a gigabyte an hour
   * @param connectionsPerUnit open connections that one unit carries, as AWS documents it
   */
  public record Balancer(double hour, double unitHour, int connectionsPerUnit) {

    private static Balancer network(PriceList prices) {
      return new Balancer(prices.of("nlb.hour"), prices.of("nlb.unitHour"), 100_000);
    }

    private static Balancer application(PriceList prices) {
      return new Balancer(prices.of("alb.hour"), prices.of("alb.unitHour"), 3_000);
    }

    private double hourly(double bytesPerHour, int connections) {
      double units = Math.max(bytesPerHour / GIGABYTE, (double) connections / connectionsPerUnit);
      return Math.max(1, units) * unitHour;
    }
  }

  /** The machine that bills are compared with: one c7g.large behind a network load balancer. */
  public static Rented machine(PriceList prices, DataTransfer transfer) {
    return new Rented(
        "one c7g.large",
        prices.of("ec2.c7gLargeHour"),
        Balancer.network(prices),
        prices.of("ipv4.hour"),
        transfer,
        Optional.empty());
  }

  /**
   * As many of these machines, which are the nodes of one chat.
   *
   * @param nodes 2 or more
   * @param between the Valkey over which they are one; empty where it has no price
   */
  public Rented times(int nodes, Optional<PaidByUse.Part> between) {
    return new Rented(
        nodes + " c7g.large", nodes * machineHours, balancer, addressHour, transfer, between);
  }

  /** Other ways to rent, as far as the list has their prices. */
  public static List<Rented> others(PriceList prices, DataTransfer transfer) {
    Rented machine = machine(prices, transfer);
    List<Rented> others = new ArrayList<>();
    others.add(machine.with("two c7g.large, one to spare", 2 * machine.machineHours));
    others.add(machine.with("one m7g.large", prices.of("ec2.m7gLargeHour")));
    if (prices.has("fargate.vcpuHourArm") && prices.has("fargate.gbHourArm")) {
      double task =
          FARGATE_VCPU * prices.of("fargate.vcpuHourArm")
              + FARGATE_GIGABYTES * prices.of("fargate.gbHourArm");
      others.add(machine.with("Fargate with 2 vCPU and 4 GB", task));
    }
    if (prices.has("alb.hour") && prices.has("alb.unitHour")) {
      others.add(
          new Rented(
              "one c7g.large behind an application load balancer",
              machine.machineHours,
              Balancer.application(prices),
              machine.addressHour,
              transfer,
              Optional.empty()));
    }
    return List.copyOf(others);
  }

  private Rented with(String otherName, double otherHours) {
    return new Rented(otherName, otherHours, balancer, addressHour, transfer, relay);
  }

  @Override
  public Bill monthly(double deliveriesPerSecond, int connections) {
    double bytesPerHour = deliveriesPerSecond * transfer.bytesPerDelivery() * 3_600;
    Map<String, Double> items = new LinkedHashMap<>();
    items.put(name, machineHours * HOURS_PER_MONTH);
    relay.ifPresent(part -> items.put(part.item(), part.monthly(deliveriesPerSecond)));
    items.put("load balancer", balancer.hour * HOURS_PER_MONTH);
    items.put("capacity units", balancer.hourly(bytesPerHour, connections) * HOURS_PER_MONTH);
    items.put("IPv4 addresses", ADDRESSES * addressHour * HOURS_PER_MONTH);
    items.put(TRANSFER, transfer.monthly(deliveriesPerSecond));
    return new Bill(items);
  }

  @Override
  public Optional<DataTransfer> dataTransfer() {
    return Optional.of(transfer);
  }
}
