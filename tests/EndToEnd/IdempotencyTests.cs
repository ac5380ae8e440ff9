using FoodDelivery.Tests.Support.Rest;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>One key, one order, one payment, however often and however concurrently it is sent.</summary>
public sealed class IdempotencyTests(RunningLocal local, ITestOutputHelper output) : LocalTests(local, output)
{
    [Fact]
    public async Task A_repeated_request_gets_the_first_answer()
    {
        var key = Guid.NewGuid().ToString();

        var first = (await Orders.Post("/orders", new { item = "chicken", qty = 2 }, key)).Expect(201);
        var second = (await Orders.Post("/orders", new { item = "chicken", qty = 2 }, key)).Expect(201);

        Assert.Equal(first.Number("orderId"), second.Number("orderId"));
        Assert.Equal(first.Header("Location"), second.Header("Location"));
    }

    [Fact]
    public async Task A_key_is_bound_to_its_request()
    {
        var key = Guid.NewGuid().ToString();
        (await Orders.Post("/orders", new { item = "chicken" }, key)).Expect(201);

        Problem.Is((await Orders.Post("/orders", new { item = "chicken", qty = 2 }, key)).Expect(422));
    }

    [Fact]
    public async Task Twenty_callers_at_once_place_one_order()
    {
        var key = Guid.NewGuid().ToString();
        var customer = $"customer-{Guid.NewGuid()}";

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Orders.Post("/orders", new { item = "pizza", customerId = customer }, key)));

        var id = Assert.Single(answers.Select(static answer => answer.Expect(201).Number("orderId")).Distinct());
        Assert.Single((await Payments.Get($"/payments?orderId={id}")).Expect(200).Members("payments"));
        Assert.Single(await Orders.All("/orders", "orders"), order => order.Word("customerId") == customer);
    }

    [Fact]
    public async Task Without_a_key_each_request_is_an_order() => Assert.NotEqual((await Chicken()).Id, (await Chicken()).Id);

    [Fact]
    public async Task An_endless_key_is_refused() =>
        Problem.Is((await Orders.Post("/orders", new { item = "chicken" }, new string('k', 256))).Expect(400));
}
