using FoodDelivery.Kernel;
using FoodDelivery.Payments;

namespace FoodDelivery.Tests.Domain.Payments;

/// <summary>What of the payments a caller sees and touches.</summary>
public sealed class ScopeTests
{
    private static readonly AccessScope Kim = AccessScope.OfCustomer("kim");
    private static readonly AccessScope Lee = AccessScope.OfCustomer("lee");
    private readonly Till _till = new();

    [Fact]
    public async Task Another_customers_payment_is_not_there()
    {
        var payment = (await _till.Approve()).Value;
        var getting = new GetPaymentHandler(_till.Payments);

        Assert.Null((await getting.Handle(payment.Id, Kim, CancellationToken.None)).Error);
        Assert.Equal(Error.NotFound("payment", payment.Id), (await getting.Handle(payment.Id, Lee, CancellationToken.None)).Error);
        Assert.Equal(ErrorKind.NotFound, (await _till.Confirm(scope: Lee)).Error?.Kind);
    }

    [Fact]
    public async Task Another_customers_payment_is_not_refunded()
    {
        await _till.Approve();

        Assert.Equal(ErrorKind.NotFound, (await _till.Refund(scope: Lee)).Error?.Kind);

        Assert.Equal(PaymentStatus.Approved, _till.Row?.Status);
    }

    [Fact]
    public async Task Nobody_charges_somebody_else()
    {
        var approving = new ApprovePaymentHandler(_till.Payments, _till.Bank, _till.Payments, _till.Clock);

        var refused = await approving.Handle(new ApprovePayment(Till.Order, Till.Price, "kim"), Lee, MessageContext.Command("c"), CancellationToken.None);

        Assert.Equal((ErrorKind.Forbidden, "NOT_YOURS"), (refused.Error?.Kind, refused.Error?.Reason));
        Assert.Null(_till.Row);
    }
}
