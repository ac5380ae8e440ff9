using Dapper;
using FoodDelivery.Marketing;
using FoodDelivery.Marketing.Ports;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Marketing.Persistence;

/// <summary>The coupons in a relational database.</summary>
internal sealed class SqlCoupons(IDatabase database) : ICoupons
{
    public async Task Issue(Coupon coupon, MessageContext context, CancellationToken cancellation)
    {
        const string issue =
            """
            insert into coupons (order_id, store_id, customer_id, discount_percent, issued_at, expires_at)
            values (@Order, @Store, @Customer, @DiscountPercent, @IssuedAt, @ExpiresAt)
            on conflict (order_id) do nothing
            """;
        await database.Write(
            new Batch().Once(context).Add(issue, new
            {
                Order = coupon.Order.Value,
                Store = coupon.Store.Value,
                coupon.Customer,
                coupon.DiscountPercent,
                IssuedAt = coupon.IssuedAt.ToUnixTimeMilliseconds(),
                ExpiresAt = coupon.ExpiresAt.ToUnixTimeMilliseconds(),
            }),
            cancellation);
    }

    public async Task<Coupon?> Find(long number, CancellationToken cancellation)
    {
        var row = await database.Read(
            connection => connection.QuerySingleOrDefaultAsync<CouponRow>(
                new CommandDefinition("select * from coupons where id = @Number", new { Number = number }, cancellationToken: cancellation)),
            cancellation);
        return row?.Coupon();
    }

    public async Task<IReadOnlyList<Coupon>> List(CouponFilter of, long after, long skip, int atMost, CancellationToken cancellation)
    {
        var sql = $"select * from coupons where id > @After{Where(of)} order by id limit @AtMost offset @Skip";
        var rows = await database.Read(
            connection => connection.QueryAsync<CouponRow>(new CommandDefinition(
                sql, new { of.Customer, Order = of.Order?.Value, After = after, AtMost = atMost, Skip = skip }, cancellationToken: cancellation)),
            cancellation);
        return [.. rows.Select(static row => row.Coupon())];
    }

    public Task<long> Count(CouponFilter of, int cap, CancellationToken cancellation)
    {
        var sql = $"select count(*) from (select 1 from coupons where id > 0{Where(of)} limit @Cap) counted";
        return database.Read(
            connection => connection.QuerySingleAsync<long>(
                new CommandDefinition(sql, new { of.Customer, Order = of.Order?.Value, Cap = cap }, cancellationToken: cancellation)),
            cancellation);
    }

    private static string Where(CouponFilter of) =>
        (of.Customer is null ? "" : " and customer_id = @Customer") + (of.Order is null ? "" : " and order_id = @Order");

    private sealed class CouponRow
    {
        public long Id { get; set; }

        public long OrderId { get; set; }

        public long StoreId { get; set; }

        public string CustomerId { get; set; } = "";

        public long DiscountPercent { get; set; }

        public long IssuedAt { get; set; }

        public long ExpiresAt { get; set; }

        public Coupon Coupon() => new(
            Id,
            new OrderId(OrderId),
            new StoreId(StoreId),
            CustomerId,
            (int)DiscountPercent,
            DateTimeOffset.FromUnixTimeMilliseconds(IssuedAt),
            DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt));
    }
}
