using FoodDelivery.Adapters.Payments.Provider.Toss;
using FoodDelivery.Kernel;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Tests.Ports.Postgres;
using FoodDelivery.Tests.Support.Postgres;
using FoodDelivery.Tests.Support.Toss;

namespace FoodDelivery.Tests.Ports.Providers;

/// <summary>What Toss Payments' adapter keeps, in the other database.</summary>
[NeedsPostgres]
public sealed class TossOnPostgresTests
{
    [SuiteFact]
    public async Task Cards_and_the_name_of_the_installation_are_kept()
    {
        await using var toss = await TossStub.Start();
        toss.Books.Register(TossTests.BillingKey, "kim-0001");
        await using var stand = await TossTests.Stand(toss, TossStub.SecretKey, await PostgresPlace.Make());

        // As at a service's start: making the database is no part of the time that a provider has.
        await stand.Get<IOpenedDatabase>().Opened;

        Assert.Equal(ChargeState.Approved, (await stand.Provider.Approve(new OrderId(7), new Money(18_000), "kim", "", CancellationToken.None)).Value.State);

        await stand.Get<TossCards>().Keep("kim", new TossCard("billing_another", "kim-0002"), CancellationToken.None);
        Assert.Equal(TossAnswer<TossCard>.Of(new TossCard("billing_another", "kim-0002")), await stand.Get<TossCards>().Of("kim", CancellationToken.None));
        Assert.Equal(7, Assert.Single(toss.Books.Entries).Number);
    }
}
