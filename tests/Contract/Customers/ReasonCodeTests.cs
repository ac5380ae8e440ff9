using FoodDelivery.Platform.Messaging;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Tests.Contract.Ordering;
using FoodDelivery.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static FoodDelivery.Tests.Contract.Customers.CustomerTestService;

namespace FoodDelivery.Tests.Contract.Customers;

/// <summary>Why a cancellation was declined: a code from Ordering's event, worded for the customer here.</summary>
public sealed class ReasonCodeTests
{
    [Theory]
    [InlineData("ALREADY_ACCEPTED", "The order is already accepted.")]
    [InlineData("ALREADY_COOKING", "The order is already being cooked.")]
    [InlineData("ALREADY_COOKED", "The order is already cooked.")]
    [InlineData("ALREADY_DELIVERING", "The order is already being delivered.")]
    [InlineData("ALREADY_DELIVERED", "The order is already delivered.")]
    [InlineData("ALREADY_PICKED_UP", "The order is already picked up.")]
    [InlineData("ALREADY_REJECTED", "The order is already rejected.")]
    [InlineData("ALREADY_CANCELLED", "The order is already cancelled.")]
    [InlineData("STORE_NOT_REACHED", "The store could not be reached.")]
    [InlineData("STORE_DID_NOT_ANSWER", "The store did not answer in time.")]
    public async Task An_event_from_before_there_were_codes_is_worded_as_one_with_its_code(string code, string sentence)
    {
        await using var service = await Start();
        var old = Changed(1, 3, OrderStatus.CancelDeclined, sentence);
        var coded = Changed(2, 3, OrderStatus.CancelDeclined, "Said in other words.");
        coded.ReasonCode = code;
        await service.Publish(old, coded);

        var (before, now) = (await Told(service, 1), await Told(service, 2));

        Assert.Equal(before, now.Replace("2번", "1번", StringComparison.Ordinal));
        Assert.DoesNotContain(before, char.IsAsciiLetter);
    }

    [Fact]
    public async Task What_a_person_wrote_and_a_code_that_is_not_known_stay_as_they_are()
    {
        await using var service = await Start();
        var unknown = Changed(2, 3, OrderStatus.CancelDeclined, "The moon is full.");
        unknown.ReasonCode = "FULL_MOON";
        await service.Publish(Changed(1, 3, OrderStatus.CancelDeclined, "Too late!"), unknown);

        Assert.EndsWith("사유: Too late!", await Told(service, 1), StringComparison.Ordinal);
        Assert.EndsWith("사유: The moon is full.", await Told(service, 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_that_Ordering_publishes_is_what_the_customer_reads()
    {
        using var data = new DataFolder();
        await using var pay = new ScriptedPay();
        await pay.Start();
        await using var ordering = await (await OrderingHost.Start(data, pay.Address, OrderingHost.Unhurried)).WithMenus();
        await using var log = new LogReader(ordering.App.Services.GetRequiredService<IEventLog>(), Topics.Ordering);
        (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201);
        (await ordering.Rest.Delete("/orders/1?reason=hungry")).Expect(202);
        await ordering.Publish(
            Topics.Store, "1", new CancellationDeclined { OrderId = 1, StoreId = 1, Reason = "Said in other words.", ReasonCode = "ALREADY_COOKING" });
        var declined = await Eventually.Gives(() =>
            Task.FromResult(Assert.Single(log.Read<OrderStatusChanged>(), static changed => changed.Status == OrderStatus.CancelDeclined)));
        Assert.Equal("ALREADY_COOKING", declined.ReasonCode);

        await using var service = await Start();
        await service.Publish(declined);

        Assert.EndsWith("사유: 이미 조리를 시작했습니다.", await Told(service, 1), StringComparison.Ordinal);
    }

    private static Task<string> Told(CustomerTestService service, long order) => Eventually.Gives(async () =>
        Assert.Single((await service.Get($"/notifications?orderId={order}")).GetProperty("_embedded").GetProperty("notifications").EnumerateArray())
            .GetProperty("text").GetString()!);
}
