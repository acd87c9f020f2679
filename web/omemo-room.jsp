<%@ page extends="org.igniterealtime.openfire.plugin.omemo.admin.RoomPage" %>
<%@ include file="WEB-INF/parts/page.jspf" %>
<html>
<head>
<title><fmt:message key="console.room.title"/></title>
<meta name="pageID" content="omemo-room">
<link rel="stylesheet" type="text/css" href="style/omemo.css">
</head>
<body>
<div class="omemo">
<%@ include file="WEB-INF/parts/notice.jspf" %>
<form method="get" action="omemo-room.jsp" class="filter">
<label for="room"><fmt:message key="console.room.address"/></label>
<input id="room" name="room" maxlength="2100" value="<c:out value="${model.address()}"/>">
<button><fmt:message key="console.rooms.show"/></button>
</form>
<c:if test="${model.state() == 'wrong'}">
<fmt:message key="console.problem.rooms.unknown" var="text"><fmt:param value="${model.address()}"/></fmt:message>
<p class="problem wide"><c:out value="${text}"/></p>
</c:if>
<c:choose>
<c:when test="${model.row() == null}"><p><fmt:message key="console.room.choose"/> <a href="omemo-rooms.jsp"><fmt:message key="console.rooms"/></a></p></c:when>
<c:otherwise>
<h2 class="wide"><bdi><c:out value="${model.address()}"/></bdi></h2>
<c:if test="${model.row().title() != ''}"><p class="wide"><bdi><c:out value="${model.row().title()}"/></bdi></p></c:if>
<c:if test="${model.state() != 'there'}"><p class="problem"><fmt:message key="console.rooms.state.${model.state()}"/></p></c:if>
<p><span class="mode <c:out value="${model.row().mode()}"/>"><fmt:message key="console.rooms.mode.${model.row().mode()}"/></span>.
<fmt:message key="console.room.source"/><c:out value=" "/><strong><fmt:message key="console.rooms.source.${model.row().source()}"/></strong><c:if test="${model.row().source() == 'pattern'}"><c:out value=" "/><code class="wide"><c:out value="${model.row().pattern()}"/></code></c:if></p>

<c:if test="${model.state() == 'there'}">
<h2 id="findings"><fmt:message key="console.room.findings"/></h2>
<c:if test="${model.row().findings().isEmpty()}"><p class="ready"><fmt:message key="console.room.findings.none"/></p></c:if>
<c:forEach items="${model.row().findings()}" var="finding"><p class="warning"><fmt:message key="console.room.finding.${finding}"/></p></c:forEach>
</c:if>

<h2 id="readiness"><fmt:message key="console.room.readiness"/></h2>
<c:if test="${model.isPreview()}">
<c:if test="${model.form().policy() != null}">
<div class="preview" role="status">
<p><strong><fmt:message key="console.room.preview.title"/></strong></p>
<c:if test="${model.changes().isEmpty()}"><p><fmt:message key="console.room.preview.same"/></p></c:if>
<ul><c:forEach items="${model.changes()}" var="change">
<fmt:message key="console.rule.${change.rule()}" var="rule"/>
<fmt:message key="console.room.preview.change" var="text"><fmt:param value="${rule}"/><fmt:param value="${change.before()}"/><fmt:param value="${change.after()}"/></fmt:message>
<li class="wide"><c:out value="${text}"/></li>
</c:forEach></ul>
<p><fmt:message key="console.settings.mode.${model.form().mode()}"/></p>
<c:if test="${model.readiness() != null && model.readiness().unable() > 0}">
<fmt:message key="console.room.preview.lose" var="text"><fmt:param value="${model.readiness().unable()}"/><fmt:param value="${model.readiness().total()}"/></fmt:message>
<p class="warning"><c:out value="${text}"/></p></c:if>
</c:if>
</div>
</c:if>
<c:choose>
<c:when test="${model.readiness() == null || model.readiness().total() == 0}"><p class="empty"><fmt:message key="console.rooms.readiness.empty"/></p></c:when>
<c:otherwise>
<p><fmt:message key="console.room.readiness.effect"/></p>
<fmt:message key="console.room.readiness.counts" var="text"><fmt:param value="${model.readiness().total()}"/><fmt:param value="${model.readiness().able()}"/><fmt:param value="${model.readiness().unable()}"/><fmt:param value="${model.readiness().remote()}"/><fmt:param value="${model.readiness().pending()}"/></fmt:message>
<p><strong><c:out value="${text}"/></strong>
<c:if test="${model.readiness().pending() > 0}"><c:url value="omemo-room.jsp" var="again"><c:param name="room" value="${model.address()}"/></c:url> <a href="<c:out value="${again}"/>"><fmt:message key="console.room.readiness.reload"/></a></c:if></p>
<p><fmt:message key="console.room.readiness.by-family"/><c:forEach items="${model.readiness().byFamily().entrySet()}" var="family"><c:out value=" "/><span class="family"><c:out value="${family.key}"/>: <fmt:formatNumber value="${family.value}"/></span></c:forEach></p>
<c:if test="${!model.readiness().isComplete()}"><p class="warning"><fmt:message key="console.room.readiness.more"/></p></c:if>
<table class="list">
<thead><tr><th scope="col"><fmt:message key="console.room.account"/></th><th scope="col"><fmt:message key="console.room.state"/></th><th scope="col"><fmt:message key="console.rooms.families"/></th></tr></thead>
<tbody>
<c:forEach items="${model.members().rows()}" var="member">
<tr><td class="wide"><bdi><c:out value="${member.account()}"/></bdi></td>
<td><span class="ready <c:out value="${member.state()}"/>"><fmt:message key="console.room.state.${member.state()}"/></span></td>
<td data-label="<fmt:message key="console.rooms.families"/>"><c:forEach items="${member.families()}" var="family"><span class="family"><c:out value="${family}"/></span> </c:forEach></td></tr>
</c:forEach>
</tbody>
</table>
<c:if test="${!model.isPreview()}">
<c:url value="" var="pagerLink"><c:param name="room" value="${model.address()}"/></c:url>
<c:set var="pagerLink" value="${pagerLink.substring(pagerLink.indexOf('?') + 1)}&"/><c:set var="excerpt" value="${model.members()}"/><%@ include file="WEB-INF/parts/pager.jspf" %>
</c:if>
</c:otherwise>
</c:choose>

<c:if test="${model.coverage() != null}">
<h2 id="coverage"><fmt:message key="console.room.coverage"/></h2>
<c:choose>
<c:when test="${model.coverage().state() != 'there'}"><p class="empty"><fmt:message key="console.room.coverage.${model.coverage().state()}"/></p></c:when>
<c:otherwise>
<p><fmt:message key="console.room.coverage.effect"/></p>
<fmt:message key="console.room.coverage.counts" var="text"><fmt:param value="${model.coverage().rows().total()}"/><fmt:param value="${model.coverage().leftOut()}"/></fmt:message>
<p><strong><c:out value="${text}"/></strong></p>
<ol class="messages wide"><c:forEach items="${model.coverage().messages()}" var="message">
<fmt:message key="console.room.coverage.message" var="text"><fmt:param value="${message.device()}"/><fmt:param value="${message.families()}"/><fmt:param value="${message.time()}"/></fmt:message>
<li id="message-<c:out value="${message.number()}"/>"><bdi><c:out value="${message.sender()}"/></bdi>, <c:out value="${text}"/></li>
</c:forEach></ol>
<c:if test="${!model.coverage().rows().rows().isEmpty()}">
<table class="list coverage">
<caption><fmt:message key="console.room.coverage.caption"/></caption>
<thead><tr><th scope="col"><fmt:message key="console.room.account"/></th><th scope="col"><fmt:message key="console.devices.device"/></th><c:forEach items="${model.coverage().messages()}" var="message"><th scope="col"><a href="#message-<c:out value="${message.number()}"/>"><c:out value="${message.number()}"/></a></th></c:forEach></tr></thead>
<tbody>
<c:forEach items="${model.coverage().rows().rows()}" var="row">
<tr><th scope="row" class="wide"><bdi><c:out value="${row.account()}"/></bdi></th>
<th scope="row" class="wide"><c:out value="${row.device()}"/><c:if test="${row.label() != ''}"><br><bdi><c:out value="${row.label()}"/></bdi></c:if><br><c:forEach items="${row.families()}" var="family"><span class="family"><c:out value="${family}"/></span> </c:forEach></th>
<c:forEach items="${row.cells()}" var="cell" varStatus="at"><td data-label="<c:out value="${at.count}"/>"><span class="verdict <c:out value="${cell}"/>"><fmt:message key="console.room.coverage.cell.${cell}"/></span></td></c:forEach></tr>
</c:forEach>
</tbody>
</table>
</c:if>
<c:if test="${!model.isPreview()}">
<c:url value="" var="pagerLink"><c:param name="room" value="${model.address()}"/></c:url>
<c:set var="pagerLink" value="${pagerLink.substring(pagerLink.indexOf('?') + 1)}&"/><c:set var="pagerName" value="devices"/><c:set var="pagerAnchor" value="#coverage"/><c:set var="excerpt" value="${model.coverage().rows()}"/><%@ include file="WEB-INF/parts/pager.jspf" %>
</c:if>
</c:otherwise>
</c:choose>
<fmt:message key="console.room.coverage.since" var="text"><fmt:param value="${model.coverage().since()}"/></fmt:message>
<c:if test="${model.coverage().state() != 'off'}"><p><small><c:out value="${text}"/></small></p></c:if>
<c:if test="${model.coverage().missed() != ''}"><fmt:message key="console.room.coverage.missed" var="text"><fmt:param value="${model.coverage().missed()}"/></fmt:message><p class="warning"><c:out value="${text}"/></p></c:if>
</c:if>

<h2 id="policy"><fmt:message key="console.room.policy"/></h2>
<form method="post" action="omemo-room.jsp" class="fields">
<%@ include file="WEB-INF/parts/token.jspf" %>
<input type="hidden" name="room" value="<c:out value="${model.address()}"/>">
<fieldset>
<legend><fmt:message key="console.room.own"/></legend>
<c:set var="rules" value="${model.form()}"/><%@ include file="WEB-INF/parts/rules.jspf" %>
<button name="action" value="preview" formaction="omemo-room.jsp#readiness"><fmt:message key="console.room.preview"/></button>
<button name="action" value="set-policy" class="main"><fmt:message key="console.save"/></button>
</fieldset>
</form>
<c:if test="${model.own()}">
<form method="post" action="omemo-room.jsp"><%@ include file="WEB-INF/parts/token.jspf" %>
<input type="hidden" name="room" value="<c:out value="${model.address()}"/>">
<button name="action" value="delete-policy"><fmt:message key="console.room.delete"/></button>
<fmt:message key="console.room.delete.effect" var="text"><fmt:param value="${model.inherited()}"/></fmt:message>
<small class="wide"><c:out value="${text}"/></small>
</form>
</c:if>
</c:otherwise>
</c:choose>
</div>
</body>
</html>
