using System.Security.Cryptography;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Toss;

namespace FoodDelivery.Tests.Contract.Payments;

/// <summary>The whole Payment context with Toss Payments behind it, played by a server that behaves as documented, and worse; kim has a card.</summary>
public abstract class TossPayment : IAsyncLifetime, IDisposable
{
    private readonly string[] _settings;

    private protected TossPayment(params string[] settings) => _settings = settings;

    private protected DataFolder Data { get; } = new();

    private protected TossStub Toss { get; private set; } = null!;

    private protected RunningPay Pay { get; private set; } = null!;

    /// <summary>The payment that <see cref="PayFor7AnHourAgo"/> made, as the provider has it.</summary>
    private protected TossBooks.Entry Booked => Toss.Books.Entries[0];

    public virtual async Task InitializeAsync()
    {
        Toss = await TossStub.Start();
        Pay = await RunningPay.In(
            Data.Path,
            [
                "--environment",
                "Production",
                "--Pay:Provider=Toss",
                $"--Pay:Toss:Address={Toss.Address}",
                $"--Pay:Toss:SecretKey={TossStub.SecretKey}",
                $"--Pay:CardKeys={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}",
                .. _settings,
            ]);
        (await Pay.Rest.Put("/cards/kim", new { customerKey = "kim-0001", authKey = "auth_1" })).Expect(204);
    }

    public async Task DisposeAsync()
    {
        await Pay.DisposeAsync();
        await Toss.DisposeAsync();
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            Data.Dispose();
    }

    private protected async Task PayFor7AnHourAgo()
    {
        Toss.Books.Age = TimeSpan.FromHours(1);
        Assert.Equal(PaymentStatus.Approved, (await Pay.Approve(order: 7)).Status);
    }

    /// <summary>What the provider calls an order of this installation.</summary>
    private protected string Number(long order) => $"{Booked.Order[..(Booked.Order.LastIndexOf('-') + 1)]}{order}";

    /// <summary>The kinds of what was published about an order, oldest first.</summary>
    private protected IEnumerable<string> Published(long order) => Pay.Published(order).Select(static one => one.Type[(one.Type.LastIndexOf('.') + 1)..]);

    private protected Task HasPublished(long order, params string[] events) => Eventually.Holds(() =>
    {
        Assert.Equal(events, Published(order));
        return Task.CompletedTask;
    });
}
