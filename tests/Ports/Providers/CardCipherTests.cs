using System.Security.Cryptography;
using Dapper;
using FoodDelivery.Adapters.Payments.Provider.Toss;
using FoodDelivery.Kernel;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Tests.Support.Toss;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Tests.Ports.Providers;

/// <summary>What charges a card, encrypted where it is stored.</summary>
public sealed class CardCipherTests
{
    private const string Kim = "kim";
    private static readonly OrderId Order = new(7);
    private static readonly Money Price = new(18_000);

    [Fact]
    public async Task An_encrypted_card_is_charged_and_cannot_be_read_in_the_database()
    {
        await using var toss = await TossStub.Start();
        toss.Books.Register(TossTests.BillingKey, "kim-0001");
        await using var stand = await TossTests.Stand(toss, TossStub.SecretKey, cardKeys: Key());

        Assert.DoesNotContain(TossTests.BillingKey, await Stored(stand), StringComparison.Ordinal);
        Assert.Equal(ChargeState.Approved, (await stand.Provider.Approve(Order, Price, Kim, "", CancellationToken.None)).Value.State);
    }

    [Fact]
    public async Task A_card_whose_key_is_not_there_is_neither_charged_nor_declined()
    {
        await using var toss = await TossStub.Start();
        toss.Books.Register(TossTests.BillingKey, "kim-0001");
        await using var stand = await TossTests.Stand(toss, TossStub.SecretKey, cardKeys: Key());
        var another = Cipher(Key()).Encrypt(TossTests.BillingKey, Kim);
        await stand.Get<IDatabase>().Write(new Batch().Add("update customer_cards set billing_key = @another", new { another }), CancellationToken.None);

        Assert.Equal(ErrorKind.Unavailable, (await stand.Provider.Approve(Order, Price, Kim, "", CancellationToken.None)).Error?.Kind);
        Assert.Empty(toss.Books.Entries);
        Assert.Contains(stand.Logged, static line => line.Contains("Pay:CardKeys", StringComparison.Ordinal));
    }

    [Fact]
    public void Keys_are_changed_by_putting_a_new_one_before_the_old()
    {
        var (old, young) = (Key(), Key());
        var before = Cipher(old).Encrypt("billing", Kim);
        var both = Cipher($"{young}, {old}");
        Assert.Equal("billing", both.Decrypt(before, Kim));
        Assert.Equal("billing", Cipher(young).Decrypt(both.Encrypt("billing", Kim), Kim));
        Assert.Null(Cipher(young).Decrypt(before, Kim));
    }

    [Fact]
    public void An_encrypted_card_is_good_for_its_customer_alone_and_only_whole()
    {
        var cipher = Cipher(Key());
        var stored = cipher.Encrypt("billing", Kim);
        Assert.NotEqual(stored, cipher.Encrypt("billing", Kim));
        Assert.Null(cipher.Decrypt(stored, "lee"));
        Assert.Null(cipher.Decrypt(stored[..^8], Kim));
        Assert.Null(cipher.Decrypt("sealed:", Kim));
        Assert.Null(cipher.Decrypt("sealed:?", Kim));
    }

    [Fact]
    public void Without_keys_cards_lie_open_and_those_stay_readable()
    {
        Assert.Equal("billing", Cipher("").Encrypt("billing", Kim));
        Assert.Equal("billing", Cipher(Key()).Decrypt("billing", Kim));
    }

    [Fact]
    public async Task Outside_Development_the_start_ends_without_a_key()
    {
        await using var toss = await TossStub.Start();
        var refusal = await Assert.ThrowsAsync<SettingException>(() => TossTests.Stand(toss, TossStub.SecretKey, cardKeys: " "));
        Assert.Contains("Pay:CardKeys is missing", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("c2hvcnQ=")]
    public void What_is_no_key_ends_the_start_without_being_shown(string key)
    {
        var refusal = Assert.Throws<SettingException>(() => Cipher(key));
        Assert.Contains("Pay:CardKeys", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, refusal.Message, StringComparison.Ordinal);
    }

    internal static string Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static CardCipher Cipher(string keys) =>
        CardCipher.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Pay:CardKeys", keys)]).Build(), clearTexts: true);

    private static async Task<string> Stored(PaymentStand stand) =>
        (await stand.Get<IDatabase>().Read(static connection => connection.QuerySingleAsync<string>("select billing_key from customer_cards"), CancellationToken.None))!;
}
