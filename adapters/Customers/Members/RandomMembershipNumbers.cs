using System.Security.Cryptography;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Adapters.Customers.Members;

/// <summary>Numbers that nobody can guess, since whoever knows one can name it at an order.</summary>
internal sealed class RandomMembershipNumbers : IMembershipNumbers
{
    public MembershipNumber Draw() => MembershipNumber.Of(
        (RandomNumberGenerator.GetInt32(1_000_000, 10_000_000) * 10_000L) + RandomNumberGenerator.GetInt32(10_000));
}
