namespace FoodDelivery.Tests.Support.Messages;

/// <summary>A message that the stub has delivered.</summary>
/// <param name="Channel"><c>kakao</c>, <c>sms</c> or <c>lms</c>.</param>
/// <param name="Key">The grouping key that it came with.</param>
/// <param name="To">The telephone that got it.</param>
/// <param name="Template">The template's code; empty for text messages.</param>
/// <param name="Text">What was read.</param>
/// <param name="Fallback">What is sent by SMS if KakaoTalk does not reach the telephone; null if nothing.</param>
public sealed record DeliveredMessage(string Channel, string Key, string To, string Template, string Text, string? Fallback);
